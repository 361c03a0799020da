// Sends what the outbox keeps, in the device's order, for as long as it takes, and knows whether the network is there.
import { DeviceRefused, NoAnswer, Refused } from './client.js'

const SOONEST = 1_000 // ms until the next try; doubles with each, up to
const LATEST = 10_000
const BEAT = 20_000 // ms between looks at the service while there is nothing to send

/**
 * `onLine(state, sentence)` hears "there", "gone" or "refused" when that changes; `onAnswer(kept, answer)` hears the
 * service's answer to an act.
 */
export class Delivery {
  #wait = SOONEST
  #timer = null
  #running = false
  #again = false

  constructor ({ outbox, service, onLine, onAnswer }) {
    Object.assign(this, { outbox, service, onLine, onAnswer, state: 'unknown', sentence: '', offsetMs: null })
    addEventListener('online', () => this.kick())
  }

  /** Try now. */
  async kick () {
    clearTimeout(this.#timer)
    this.#again = this.#running
    if (this.#running) return
    this.#running = true
    try {
      await this.#alone(() => this.#sendAll())
      this.#line('there')
      this.#wait = BEAT
    } catch (problem) {
      this.#failed(problem)
    } finally {
      this.#running = false
    }
    this.#timer = setTimeout(() => this.kick(), this.#again ? 0 : this.#wait)
  }

  /** Something else got no answer: look soon whether the service is there. */
  lost (problem) {
    if (!(problem instanceof NoAnswer || problem instanceof DeviceRefused)) throw problem
    this.#failed(problem)
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.kick(), this.#wait)
  }

  #failed (problem) {
    if (problem instanceof DeviceRefused) this.#line('refused', problem.message)
    else if (problem instanceof NoAnswer) this.#line('gone')
    else throw problem
    this.#wait = this.#wait >= BEAT ? SOONEST : Math.min(2 * this.#wait, LATEST)
  }

  #line (state, sentence = '') {
    const changed = state !== this.state
    Object.assign(this, { state, sentence })
    if (changed) this.onLine(state, sentence)
  }

  /** Two tabs do not send at once where the browser has locks; where not, the service knows a repeated act. */
  async #alone (work) {
    if (!navigator.locks) return work()
    return navigator.locks.request('exhibits-store-room-outbox', work)
  }

  async #sendAll () {
    this.offsetMs = await this.service.clockOffset()
    await this.outbox.fillOffset(this.offsetMs)
    for (let kept = await this.outbox.oldest(); kept; kept = await this.outbox.oldest()) {
      const answer = await this.#send(kept)
      await this.outbox.answered(kept, answer)
      this.#line('there')
      await this.onAnswer(kept, answer)
    }
  }

  async #send (kept) {
    try {
      return await this.service.record(kept.body)
    } catch (problem) {
      if (!(problem instanceof Refused)) throw problem
      // Refused as a whole, by its form: no repetition would change that, and those behind it must not wait for it.
      const items = kept.body.items.map(({ scan, code }) => (
        { scan, code, verdict: 'refused', ref: null, error_code: problem.code, sentence: problem.message }))
      return { id: kept.body.id, status: 'refused', code: problem.code, error: problem.message, items }
    }
  }
}
