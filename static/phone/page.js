// The phone page: the store room's counter, with what the camera reads in place of what a handheld types.
import { Eye } from '../camera/eye.js'
import { begun } from '../store-room/page.js'

// Questions that a code on a bag may answer. What else lies about never answers for the person.
const ON_A_BAG = new Set(['seal', 'new_seal', 'lab_seal', 'lab_number', 'court_number', 'submission'])

function take (room, { text, code, why, address }) {
  if (code) return room.scanned(code)
  const asked = room.dialogue.question
  if (!asked || (ON_A_BAG.has(asked) && !address)) return room.foreign(text, why)
  if (ON_A_BAG.has(asked)) room.questions.complain(why)
}

const eye = new Eye(document.querySelector('.eye'), {
  onTold: async told => {
    const room = await begun
    for (const read of told) take(room, read)
  }
})

/** The camera, for whoever looks into why a phone reads nothing. */
export { eye }
