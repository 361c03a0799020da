// What to do next, in one sentence, whatever has been scanned so far.
import { ASKED, counted } from './wording.js'

/** `batch` is the dialogue's open batch (null without one), `operator` whoever is signed in. */
export function nextStep ({ operator, question, batch }) {
  if (!operator) return 'Scan your badge.'
  if (question) return ASKED[question]
  const { items, missing } = batch
  if (missing === 'receiver') return 'The person who takes the items scans their own badge.'
  if (!batch.chosen && !items && !batch.to) return 'Scan what you are doing, or a place and its items to MOVE them.'
  if (!items && missing === 'to') return batch.actKind === 'SUBMIT' ? 'Scan the laboratory or courier.' : 'Scan the place, then the items.'
  if (!items) return 'Scan the items.'
  if (missing === 'to') return batch.actKind === 'SUBMIT' ? 'Scan the laboratory or courier.' : 'Scan the place that they go to.'
  return `Scan more items, or CONFIRM ${items === 1 ? 'this one' : `these ${counted(items, 'item')}`}.`
}
