// Asks the service about what was scanned, for the rows on the page: what a code is, and what would be recorded. Whether
// a scan counts is for the act's own answer, so no answer here is no obstacle.
import { actBody, uuid7 } from './acts.js'
import { Refused } from './client.js'
import { printed } from './codes.js'
import { DEMANDS } from './kinds.js'
import { about, called, custody, stateOf } from './rows.js'

const SICK = new Set(['revoked', 'unknown', 'blank', 'void', 'lost'])

export class Lookups {
  #batch = 0 // counts batches, so that an answer about one that is closed is not taken for the next

  /** onLost(problem) hears that nobody answered; `offsetMs()` is server minus device. */
  constructor ({ service, rows, onLost, offsetMs }) {
    Object.assign(this, { service, rows, onLost, offsetMs })
  }

  /** A new batch is open: answers about the one before come too late. */
  next () {
    this.#batch += 1
  }

  /** What a code is: {name, sentence, sick}, or null without an answer. Its row, if it has one, says so. */
  async what (code) {
    const found = await this.#asked(this.service.code(code))
    if (!found) return null
    const sick = SICK.has(found.state)
    const name = called(found.subject) ?? printed(code)
    if (found.type === 'item' || found.type === 'box') {
      this.rows.change(code, { ref: called(found.subject), what: about(found.subject), custody: custody(found.subject) })
    }
    if (sick) this.rows.change(code, { state: 'refused', sentence: found.sentence })
    return { name, sentence: found.sentence, sick }
  }

  /** The verdicts on an act's items, for those that still have a row; null without an answer, or for another batch. */
  async verdicts (act) {
    const batch = this.#batch
    for (const { code } of act.items) this.rows.change(code, { state: 'checking', sentence: '' })
    const body = actBody(act, { seq: 1, offsetMs: this.offsetMs() ?? 0, newId: () => uuid7(Date.now()) })
    const answer = await this.#asked(this.service.check(body))
    if (batch !== this.#batch) return null
    if (!answer) {
      for (const { code } of act.items) this.rows.change(code, { state: 'unchecked', sentence: '' })
      return null
    }
    const items = answer.items.filter(item => this.rows.get(item.code))
    for (const item of items) {
      const state = item.verdict === 'refused' && item.error_code in DEMANDS ? 'lacks' : stateOf(item.verdict)
      this.rows.change(item.code, { state, ref: item.ref ?? this.rows.get(item.code).ref, sentence: item.sentence })
    }
    return { code: answer.code, items }
  }

  async #asked (question) {
    try {
      return await question
    } catch (problem) {
      if (!(problem instanceof Refused)) this.onLost(problem)
      return null
    }
  }
}
