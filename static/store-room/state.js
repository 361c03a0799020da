// What the scan dialogue remembers between two events, and the few effects that are made of it alone (scanner/state.py).
import { OpenBatch } from './batch.js'
import { OF_AN_ITEM, secret } from './kinds.js'
import { ASKED } from './wording.js'

export class State {
  operator = null
  owner = null // the badge that began the open batch
  batch = new OpenBatch()
  question = null // {what, code}: what a typed line would answer now; `code` is of an item, null for the act
  role = null // the second person who is waited for, because a command or a verdict asked for one
  signingIn = null // {badge, role}: the badge that waits for its PIN, and as whom
  last = null
  lastAnswer = null // of an item: a scanner that repeats must not answer twice
  cancelling = false
  closing = false
  at = 0

  constructor (askSeal) {
    this.askSeal = new Set(askSeal)
  }

  /** As what the next badge would count: a second person, `offered` for an offer, null for an operator. */
  get awaits () {
    if (this.operator === null) return null
    if (this.role !== null) return this.role
    if (this.batch.missing === 'receiver') return 'receiver'
    return this.batch.missing === 'to' && this.batch.rules.target === 'person' ? 'offered' : null
  }

  /** Whether the question at hand wants a PIN. */
  get secret () {
    return this.question !== null && secret(this.question.what)
  }

  /** All of this, as plain data that a browser can keep. */
  get kept () {
    return structuredClone({ ...this, batch: { ...this.batch } })
  }

  restore (kept) {
    Object.assign(this, kept, { batch: Object.assign(new OpenBatch(), kept.batch) })
  }

  heading () {
    return { effect: 'batch', kind: this.batch.kind, to: this.batch.to, count: this.batch.items.length }
  }

  /** Wait for a line that answers this, of the act or of one item. */
  ask (what, code = null) {
    this.question = { what, code: OF_AN_ITEM.has(what) ? code : null }
    return { effect: 'ask', what, sentence: ASKED[what] }
  }

  /** Let go of what is asked and of the second person who is waited for. An operator's own PIN stays asked for. */
  drop () {
    this.role = null
    if (this.signingIn !== null && this.signingIn.role === null) return
    this.question = this.signingIn = null
  }
}
