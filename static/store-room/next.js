// What to do next, in one sentence, whatever has been scanned so far.
import { ASKED, counted, SAID } from './wording.js'

const WAITED_FOR = {
  receiver: 'The person who takes the items scans their own badge.',
  joint: SAID.joint_needed,
  witness: SAID.witness_needed,
  offered: SAID.offered_needed
}
// Where to, by kind, when it is not just a place.
const FIRST = { SUBMIT: 'Scan the laboratory or courier.', LAB_RECEIPT: 'Scan the laboratory.', TO_COURT: 'Scan the court.', COLLECT: SAID.carrier_needed }

/** `batch` is the dialogue's open batch (null without one), `operator` whoever is signed in. */
export function nextStep ({ operator, question, batch }) {
  if (!operator) return 'Scan your badge.'
  if (question) return ASKED[question]
  const { items, missing, awaits, actKind, target } = batch
  if (awaits) return WAITED_FOR[awaits]
  if (!batch.chosen && !items && !batch.to) return 'Scan what you are doing, or a place and its items to MOVE them.'
  if (missing === 'to' && FIRST[actKind]) return FIRST[actKind]
  if (missing === 'to' && target === 'box') return items ? 'Scan the box that they go into.' : 'Scan the box, then the items.'
  if (missing === 'to') return items ? 'Scan the place that they go to.' : 'Scan the place, then the items.'
  if (!items) return actKind === 'SIGHTING' && !batch.to ? 'Scan the place or the box, then the items in it.' : 'Scan the items.'
  return `Scan more items, or CONFIRM ${items === 1 ? 'this one' : `these ${counted(items, 'item')}`}.`
}
