// The store-room page: carries out what the dialogue wants, and brings back what happened.
import { Service } from './client.js'
import { CodeRefused, COMMANDS, parse, printed } from './codes.js'
import { Delivery } from './delivery.js'
import { Dialogue } from './dialogue.js'
import { History } from './history.js'
import { Lookups } from './lookups.js'
import { nextStep } from './next.js'
import { openOutbox, OutboxUnusable } from './outbox.js'
import { Questions } from './questions.js'
import { Rows } from './rows.js'
import { connectSettings } from './settings.js'
import { Stop } from './stop.js'
import { Tones } from './tones.js'
import { Turns } from './turns.js'
import { View } from './view.js'
import { Wedge } from './wedge.js'

const find = id => document.getElementById(id)
const seconds = () => Date.now() / 1000

class StoreRoom {
  #where = null // {code, name} of the place, the box or whom it is offered to
  #people = {} // the second people's names, by what they are
  #kind = null
  #locked = false
  #idle = null
  #scans = 0

  constructor (outbox, { idleMs }) {
    this.idleMs = idleMs
    this.outbox = outbox
    this.service = new Service()
    this.dialogue = new Dialogue()
    this.view = new View()
    this.tones = new Tones()
    this.rows = new Rows({ list: find('rows'), empty: find('rows-empty') })
    this.history = new History({ onNoted: seq => outbox.noted(seq) })
    this.stop = new Stop({ tones: this.tones, onSeen: () => this.#draw() })
    this.questions = new Questions({
      onAnswer: text => this.run({ event: 'typed', text, at: seconds() }),
      onLeave: () => { this.dialogue.dropQuestion(); this.#draw() }
    })
    this.delivery = new Delivery({
      outbox,
      service: this.service,
      onLine: (state, sentence) => this.#line(state, sentence),
      onAnswer: (kept, answer) => this.#answered(kept, answer)
    })
    const onLost = problem => this.delivery.lost(problem)
    this.lookups = new Lookups({ service: this.service, rows: this.rows, onLost, offsetMs: () => this.delivery.offsetMs })
    this.turns = new Turns({ service: this.service, outbox, idleMs, onLost })
    this.wedge = new Wedge({
      onCodes: codes => codes.forEach(code => this.#scanned(code)),
      onText: (text, why) => this.#foreign(text, why),
      fallback: () => (this.questions.open ? this.questions.input : document.querySelector('dialog[open]') ? null : find('code'))
    })
  }

  /** Connect the buttons, show what was left over, and look for the service. */
  async start () {
    connectSettings(this)
    for (const button of document.querySelectorAll('[data-command]')) {
      button.addEventListener('click', () => this.#carryOut(this.dialogue.press(button.dataset.command, seconds())))
    }
    find('seal-last').addEventListener('click', () => this.#carryOut(this.dialogue.askForSeal()))
    find('lock').addEventListener('click', () => this.#lock())
    find('manual').addEventListener('submit', event => this.#typedCode(event))
    addEventListener('beforeunload', event => { if (this.dialogue.batch.items) event.preventDefault() })
    addEventListener('pointerdown', () => this.#busy())
    for (const kept of await this.outbox.rejected()) this.history.answered(kept, kept.answer)
    await this.#recount()
    this.#draw()
    this.delivery.kick()
  }

  /** One event into the dialogue, and what it leads to. */
  run (event) {
    this.#carryOut(this.dialogue.take(event))
  }

  // What comes in

  #scanned (code) {
    this.#busy()
    if (!this.stop.open) this.run({ event: 'code', code, at: seconds() })
    else if (code === COMMANDS.CONFIRM) this.stop.seen()
    else this.stop.miss()
  }

  #foreign (text, why) {
    this.#busy()
    if (this.stop.open) return this.stop.miss()
    if (!this.dialogue.secret) return this.run({ event: 'typed', text, why, at: seconds() })
    this.questions.complain('That was no badge: enter the PIN on the keys.')
    this.tones.play('bad')
  }

  #typedCode (event) {
    event.preventDefault()
    this.#busy()
    const text = find('code').value.trim()
    if (!text) return
    find('code').value = ''
    try {
      this.run({ event: 'code', code: parse(text), at: seconds(), method: 'manual' })
    } catch (refusal) {
      if (!(refusal instanceof CodeRefused)) throw refusal
      this.#carryOut([{ effect: 'say', message: refusal.code, sentence: refusal.message, tone: 'bad' }])
    }
  }

  #busy () {
    clearTimeout(this.#idle)
    const { operator } = this.dialogue
    if (!operator) return
    this.turns.used(operator.badge).then(lasts => { if (!lasts && operator === this.dialogue.operator) this.#lock() })
    this.#idle = setTimeout(() => this.#lock(), this.idleMs)
  }

  #lock () {
    const { operator } = this.dialogue
    if (!operator) return
    clearTimeout(this.#idle)
    this.#locked = true
    this.turns.lock(operator.badge)
    this.questions.close()
    this.dialogue.dropQuestion()
    this.run({ event: 'operator_gone' })
  }

  // What the dialogue wants

  #carryOut (effects) {
    const said = []
    let asked = false
    for (const effect of effects) {
      if (effect.effect === 'say') said.push(effect)
      if (effect.effect === 'ask') asked = true
      this[`_${effect.effect}`](effect)
    }
    const shown = said.filter(say => say.message !== 'looked_up')
    const tone = this.view.say(shown)
    if (tone !== 'stop') this.tones.play(tone)
    if (asked) this.questions.complain(shown.filter(say => say.tone === 'bad').map(say => say.sentence).join(' '))
    else if (!this.dialogue.question) this.questions.close()
    this.#draw()
  }

  _say ({ message, sentence, tone }) {
    if (message === 'signed_in') this.#locked = false
    if (message === 'cancelled') this.#people = {}
    if (message === 'cancel_again') this.tones.play('bad')
    else if (tone === 'stop') this.stop.say(sentence)
  }

  _ask ({ what, sentence }) {
    this.questions.ask(what, sentence)
  }

  async _sign_in ({ badge, pin, role }) { // eslint-disable-line camelcase
    const answer = await this.turns.signIn(badge, pin, { second: Boolean(role) })
    if (answer.event === 'signed_in') {
      // Nobody is there twice: who becomes the operator is the witness no longer.
      this.#people = Object.fromEntries(Object.entries(this.#people).filter(([, name]) => name !== answer.name))
      if (role) this.#people[role] = answer.name
    }
    this.run(answer)
    this.#busy()
  }

  async _look_up ({ code }) { // eslint-disable-line camelcase
    const found = await this.lookups.what(code)
    if (!found) return
    const here = this.#where?.code === code
    if (here) this.#where.name = found.name
    if (found.sick && (here || this.rows.get(code))) this.stop.say(found.sentence)
    this.view.name(printed(code), found.name)
    this.run({ event: 'looked_up', code, sentence: found.sentence })
  }

  _row ({ code, effect, ...facts }) {
    this.rows.set(code, { new_seal: null, item_number: null, counted: null, ...facts })
  }

  _row_gone ({ code }) { // eslint-disable-line camelcase
    this.rows.remove(code)
  }

  _batch ({ kind, to, count }) {
    if (kind !== this.#kind) this.#people = { witness: this.#people.witness } // who takes is of the kind before
    this.#kind = kind
    if (to === null) this.#where = null
    else if (this.#where?.code !== to) this.#where = { code: to, name: '' }
    if (count || this.rows.all.length === 0) return
    this.#newBatch() // dropped by CANCEL: what was sent is cleared away before
  }

  async _check ({ act }) {
    const answer = await this.lookups.verdicts(act)
    if (!answer) return
    if (answer.code === 'operator_session_ended') return this.#lock()
    this.run({ event: 'checked', items: answer.items })
  }

  async _send ({ act }) {
    const rows = this.rows.all
    const where = act.kind === 'SIGN_OUT' ? this.#takers : this.#where?.name
    this.#newBatch()
    try {
      this.history.sent(await this.outbox.keep(act, { offsetMs: this.delivery.offsetMs }), rows, where)
    } catch (problem) {
      if (!(problem instanceof OutboxUnusable)) throw problem
      this.stop.say(`This device cannot keep scans (${problem.message}): the last batch is not recorded. Make room, reload the page and scan it again.`)
      return
    }
    await this.#recount()
    if (this.delivery.state === 'gone') this.run({ event: 'queued', waiting: (await this.outbox.counts()).acts })
    this.delivery.kick()
  }

  // What the service says

  async #answered (kept, answer) {
    this.history.answered(kept, answer)
    await this.#recount()
    const good = answer.items.filter(item => item.verdict.endsWith('recorded'))
    const effects = this.dialogue.take({ event: 'recorded', items: answer.items })
    // The sentences stand in their rows; the band says the sum, unless there is something to look at.
    const sum = good.length === 1 ? `${good[0].ref} is recorded.` : `${good.length} items are recorded.`
    const done = good.length ? [{ effect: 'say', message: 'recorded', sentence: sum, tone: 'good' }] : []
    this.#carryOut([...effects.filter(say => say.tone !== 'good'), ...done])
  }

  async #line (state, sentence) {
    this.view.line(state, sentence, this.#scans)
    if (state === 'there') this.#carryOut(this.dialogue.recheck(seconds()))
  }

  async #recount () {
    this.#scans = (await this.outbox.counts()).scans
    this.view.line(this.delivery.state, this.delivery.sentence, this.#scans)
  }

  #newBatch () {
    this.lookups.next()
    this.#people = {}
    this.rows.clear()
    this.stop.forget()
  }

  get #takers () {
    return [this.#people.receiver, this.#people.joint].filter(Boolean).join(' and ')
  }

  #draw () {
    const { operator, question, batch } = this.dialogue
    const where = batch.actKind === 'SIGN_OUT' ? this.#takers : this.#where && (this.#where.name || 'Scanned')
    this.view.now({ operator, locked: this.#locked, batch, where, witness: this.#people.witness })
    this.view.next(nextStep({ operator, question, batch }))
  }
}

/** Whatever goes wrong beyond what is foreseen is said, not left in a console that nobody reads. */
function broken (problem) {
  const sentence = problem instanceof OutboxUnusable
    ? 'This browser keeps nothing: leave private browsing or make room, then reload.'
    : 'This page has stopped working: reload it. What it kept is still kept.'
  new View().line('broken', sentence, 0)
}

addEventListener('unhandledrejection', event => broken(event.reason))
addEventListener('error', event => broken(event.error))
openOutbox().then(outbox => new StoreRoom(outbox, { idleMs: Number(document.body.dataset.idleSeconds) * 1000 }).start())
