// What the counter remembers between two scans, on the disk: a scan counts only once it is there. So neither a reload
// nor a crash loses an open batch, and a full disk is said at the scan that it would have lost.
import { OutboxUnusable } from './outbox.js'

const CHANGES = new Set(['row', 'row_gone', 'batch', 'send'])

export class Memory {
  #holds = false // whether an open batch lies on the disk

  /** `offsetMs()` is server minus device in milliseconds, or null while it could not be measured. */
  constructor ({ outbox, dialogue, offsetMs }) {
    Object.assign(this, { outbox, dialogue, offsetMs })
  }

  /**
   * Take a step of the dialogue and keep what it changed, together with the acts that it sends: {effects, kept}. If that
   * cannot be kept the dialogue is as it was before: {problem}.
   */
  async keep (step, more) {
    const before = this.dialogue.kept
    const effects = step()
    const drafts = effects.filter(one => one.effect === 'send').map(one => one.act)
    const { batch } = this.dialogue
    const holds = batch.items > 0 || batch.to !== null
    if (!effects.some(one => CHANGES.has(one.effect)) && !(holds && effects.length)) return { effects, kept: [] }
    try {
      const open = holds ? { ...more, state: this.dialogue.kept } : null
      const kept = open || this.#holds || drafts.length
        ? await this.outbox.step(open, drafts, { offsetMs: this.offsetMs() })
        : []
      this.#holds = holds
      return { effects, kept }
    } catch (problem) {
      if (!(problem instanceof OutboxUnusable)) throw problem
      this.dialogue.restore(before)
      return { problem }
    }
  }

  /** The batch that was left open, with the operator signed out of it: {batch, people}. Null if there is none. */
  async resume () {
    const open = await this.outbox.open()
    if (!open) return null
    this.#holds = true
    this.dialogue.resume(open.state)
    return { people: open.people, batch: { ...open.state.batch, to: open.state.batch.facts.to ?? null } }
  }
}
