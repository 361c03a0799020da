// The batch that is open: what it holds, what it still lacks, and the act that it becomes (scanner/batch.py).

export const MOST_ITEMS = 500
export const LONGEST_ANSWER = 500
export const NEEDS = Object.freeze({
  BOOK_IN: ['to'],
  MOVE: ['to'],
  SIGN_IN: ['to'],
  SIGN_OUT: ['receiver', 'purpose', 'due_back'],
  SUBMIT: ['to', 'submission', 'authority'],
  SIGHTING: []
})
export const ENDS_WITH_ITS_BATCH = new Set(['SIGN_OUT', 'SUBMIT'])
const FACTS = ['to', 'receiver', 'purpose', 'due_back', 'submission', 'authority']

export class OpenBatch {
  constructor (kind = null) {
    this.kind = kind // null: nobody chose, so it is a move
    for (const fact of FACTS) this[fact] = null
    this.items = []
  }

  get actKind () {
    return this.kind ?? 'MOVE'
  }

  /** The first thing that this kind of act needs and does not have, or null. */
  get missing () {
    return NEEDS[this.actKind].find(need => this[need] === null) ?? null
  }

  get takesPlace () {
    return this.actKind !== 'SIGN_OUT'
  }

  /** The row of the item, counted from 1; 0 when it is not in the batch. */
  rowOf (code) {
    return this.items.findIndex(item => item.code === code) + 1
  }

  /** Write the seal number to the item that joined last. */
  sealLast (seal) {
    const item = { ...this.items.at(-1), seal }
    this.items[this.items.length - 1] = item
    return item
  }

  /** The act with these items, as the dialogue knows it. */
  draft (operator, occurred, items) {
    const { receiver, to, purpose, due_back, submission, authority } = this // eslint-disable-line camelcase
    return { kind: this.actKind, operator, receiver, to, purpose, due_back, submission, authority, occurred, items: [...items] }
  }
}

/** A date back as typed, as `YYYY-MM-DDTHH:MM`, or null when it is no date. `at` is in seconds since 1970, UTC. */
export function dueBack (text, at) {
  const trimmed = text.trim()
  if (/^[0-9]{1,3}$/.test(trimmed)) {
    const today = new Date(at * 1000)
    const day = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate() + Number(trimmed)))
    return `${day.toISOString().slice(0, 10)}T23:59`
  }
  const gap = trimmed.indexOf(' ')
  const found = isoDay(gap < 0 ? trimmed : trimmed.slice(0, gap))
  const clock = gap < 0 ? '' : trimmed.slice(gap + 1)
  if (found === null || !/^(|([01][0-9]|2[0-3]):[0-5][0-9])$/.test(clock)) return null
  return `${found}T${clock || '23:59'}`
}

function isoDay (text) {
  const iso = /^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})$/.exec(text)
  const british = /^([0-9]{1,2})\/([0-9]{1,2})\/([0-9]{4})$/.exec(text)
  if (!iso && !british) return null
  const [year, month, day] = iso ? iso.slice(1).map(Number) : british.slice(1).map(Number).reverse()
  const made = new Date(0)
  made.setUTCFullYear(year, month - 1, day)
  // A 30th of February rolls over into March: then it was no date.
  const real = year >= 1 && made.getUTCMonth() === month - 1 && made.getUTCDate() === day
  return real ? made.toISOString().slice(0, 10) : null
}
