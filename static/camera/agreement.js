// Lets a read count when two pictures agree on it, once while it stays in sight, in the order in which a person reads.
import { CodeRefused, parse } from '../store-room/codes.js'

const NEED = 2 // pictures that must show the same text
const GAP = 2 // seconds out of sight after which one of our codes counts anew
const FOREIGN_GAP = 15 // seconds for what is none of ours: a poster on the wall is told once, not at every pass
const ADDRESS = /^(?:[a-z][a-z0-9+.-]*:\S|www\.)/i

/** What a text read by a camera is: {code} for one of ours, else {code: null, address, why} with the sentence that says so. */
export function judged (text) {
  try {
    // A label bears exactly the canonical code: nothing is forgiven that only a typing hand does.
    if (parse(text) === text) return { code: text }
  } catch (refusal) {
    if (!(refusal instanceof CodeRefused)) throw refusal
    if (refusal.code === 'check_fails') return { code: null, why: refusal.message }
  }
  const address = ADDRESS.test(text)
  const why = address ? 'A web address, not one of our labels: it was not opened.' : `“${shown(text)}” is not one of our labels.`
  return { code: null, address, why: `${why} Scan the label with our number.` }
}

function shown (text) {
  const readable = [...text].map(letter => (/[\p{C}\p{Z}]/u.test(letter) ? ' ' : letter)).join('').trim()
  return readable.length > 24 ? `${readable.slice(0, 24)}…` : readable
}

export class Agreement {
  #sightings = new Map() // by text: {pictures, last, told, judged}

  /**
   * The reads of one picture, `at` in seconds. Gives every text once, in reading order, as {text, corners, code, address, why, state}:
   * `new` has not been seen often enough, `told` counts from this picture on, `again` has counted already.
   */
  see (reads, at) {
    for (const [text, one] of this.#sightings) {
      if (at - one.last > (one.judged.code ? GAP : FOREIGN_GAP)) this.#sightings.delete(text)
    }
    const seen = new Map() // both symbols of one label say the same text: that is one sighting, not two
    for (const read of inReadingOrder(reads)) if (!seen.has(read.text)) seen.set(read.text, { ...read, ...this.#sight(read.text, at) })
    return [...seen.values()]
  }

  /** Begin anew, as after a pause: what is in sight counts again. */
  forget () {
    this.#sightings.clear()
  }

  #sight (text, at) {
    const one = this.#sightings.get(text) ?? { pictures: 0, told: false, judged: judged(text) }
    one.pictures += 1
    one.last = at
    const state = one.told ? 'again' : one.pictures < NEED ? 'new' : 'told'
    one.told ||= state === 'told'
    this.#sightings.set(text, one)
    return { ...one.judged, state }
  }
}

/** Top to bottom, and left to right among those that stand beside each other (scanner/symbols.py). */
export function inReadingOrder (reads) {
  let waiting = reads.map(read => ({ read, ...box(read) })).sort((one, other) => one.y - other.y)
  const ordered = []
  while (waiting.length) {
    const reach = waiting[0].y + Math.max(waiting[0].tall, 8) / 2
    const row = waiting.filter(one => one.y <= reach)
    ordered.push(...row.sort((one, other) => one.x - other.x).map(one => one.read))
    waiting = waiting.slice(row.length)
  }
  return ordered
}

function box ({ corners }) {
  const [xs, ys] = [corners.map(corner => corner.x), corners.map(corner => corner.y)]
  const mean = values => values.reduce((sum, value) => sum + value, 0) / values.length
  return { x: mean(xs), y: mean(ys), tall: Math.max(...ys) - Math.min(...ys) }
}
