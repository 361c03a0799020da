// People's turns at this device: begun with badge and PIN, switched to in one scan while they are live, locked when idle.
import { DeviceRefused, NoAnswer, Refused } from './client.js'
import { OutboxUnusable } from './outbox.js'

const NEEDS_SERVICE = 'No network: a PIN cannot be checked now. Whoever is signed in on this device already can go on.'

export class Turns {
  /** `idleMs`: how long a turn lives without a scan. `now` gives milliseconds since 1970. */
  constructor ({ service, outbox, idleMs, now = Date.now, onLost }) {
    Object.assign(this, { service, outbox, idleMs, now, onLost })
  }

  /** The dialogue's answer to its wish to sign somebody in. A second person proves who they are each time. */
  async signIn (badge, pin, { second = false } = {}) {
    try {
      const known = await this.outbox.turn(badge)
      // A locked turn opens with its PIN alone, whatever the service would let pass.
      if (pin === null && (known?.locked || second)) return refused(badge, 'pin_needed', '')
      const turn = await this.service.signIn(badge, pin)
      const name = turn.called ?? turn.name
      const locked = second && (known?.locked ?? true) // who only took or watched does not work here
      await this.outbox.rememberTurn({ badge, session: turn.session, name, until: Date.parse(turn.expires_at), usedAt: this.now(), locked })
      return { event: 'signed_in', badge, session: turn.session, name }
    } catch (problem) {
      return this.#refused(badge, pin, problem)
    }
  }

  async #refused (badge, pin, problem) {
    if (problem instanceof Refused) return refused(badge, problem.code, problem.message)
    if (problem instanceof OutboxUnusable) {
      return refused(badge, 'outbox_unusable', `This device cannot keep scans (${problem.message}): make room, then reload the page.`)
    }
    if (problem instanceof DeviceRefused) {
      this.onLost(problem)
      return refused(badge, 'device_refused', problem.message)
    }
    if (!(problem instanceof NoAnswer)) throw problem
    this.onLost(problem)
    const live = pin === null ? await this.#live(badge) : null
    return live ? { event: 'signed_in', badge, session: live.session, name: live.name } : refused(badge, 'no_answer', NEEDS_SERVICE)
  }

  /** Without the network, whoever was signed in here lately can be switched to as with it. */
  async #live (badge) {
    const turn = await this.outbox.turn(badge)
    const now = this.now()
    return turn && now < turn.until && now - turn.usedAt < this.idleMs ? turn : null
  }

  /** The operator did something: whether their turn still lasts. */
  async used (badge) {
    const turn = await this.outbox.turn(badge)
    if (!turn || turn.locked || this.now() >= turn.until) return false
    try {
      await this.outbox.rememberTurn({ ...turn, usedAt: this.now() })
    } catch (problem) {
      // The scan itself says that there is no room; only how long this turn lasts without a network suffers.
      if (!(problem instanceof OutboxUnusable)) throw problem
    }
    return true
  }

  /** Lock a turn: it takes the badge and the PIN to go on. */
  async lock (badge) {
    const turn = await this.outbox.turn(badge)
    if (!turn) return
    await this.outbox.rememberTurn({ ...turn, locked: true })
    // The service refuses what a turn did once it was ended, so it is ended only when nothing waits to be sent.
    if ((await this.outbox.counts()).acts) return
    try {
      await this.service.endTurn(turn.session)
    } catch (problem) {
      if (!(problem instanceof Refused)) this.onLost(problem)
    }
  }
}

function refused (badge, code, sentence) {
  return { event: 'sign_in_refused', badge, code, sentence }
}
