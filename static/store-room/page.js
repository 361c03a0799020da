// The store-room page: carries out what the dialogue wants, and brings back what happened.
import { Refused, Service } from './client.js'
import { CodeRefused, COMMANDS, parse, printed } from './codes.js'
import { Delivery } from './delivery.js'
import { Dialogue } from './dialogue.js'
import { History } from './history.js'
import { nextStep } from './next.js'
import { openOutbox, OutboxUnusable } from './outbox.js'
import { Questions } from './questions.js'
import { about, custody, Rows, stateOf } from './rows.js'
import { connectSettings } from './settings.js'
import { Stop } from './stop.js'
import { Tones } from './tones.js'
import { Turns } from './turns.js'
import { actBody, uuid7 } from './acts.js'
import { View } from './view.js'
import { Wedge } from './wedge.js'

const find = id => document.getElementById(id)
const seconds = () => Date.now() / 1000
const newId = () => uuid7(Date.now())

class StoreRoom {
  #batch = 0 // counts batches, so that an answer about one that is closed is not taken for the next
  #where = null // {code, name} of the place
  #receiver = ''
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
    this.turns = new Turns({ service: this.service, outbox, idleMs, onLost: problem => this.delivery.lost(problem) })
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
    const secret = ['pin', 'receiver_pin'].includes(this.dialogue.question)
    if (!secret) return this.run({ event: 'typed', text, why, at: seconds() })
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
    if (message === 'receiver_signed_in') this.#receiver = sentence.replace(/ takes the items\.$/, '')
    if (message === 'signed_in') this.#locked = false
    if (message === 'cancel_again') this.tones.play('bad')
    else if (tone === 'stop') this.stop.say(sentence)
  }

  _ask ({ what, sentence }) {
    this.questions.ask(what, sentence)
  }

  async _sign_in ({ badge, pin }) { // eslint-disable-line camelcase
    const receiver = this.dialogue.batch.missing === 'receiver' && this.dialogue.operator !== null
    this.run(await this.turns.signIn(badge, pin, { receiver }))
    this.#busy()
  }

  async _look_up ({ code }) { // eslint-disable-line camelcase
    const found = await this.#asked(this.service.code(code))
    if (!found) return
    if (found.type === 'place' && this.#where?.code === code) this.#where.name = found.subject?.name ?? found.sentence
    if (found.type === 'item') this.rows.change(code, { ref: found.subject?.ref, what: about(found.subject), custody: custody(found.subject) })
    if (found.state === 'revoked' || found.state === 'unknown' || found.state === 'blank') {
      this.rows.change(code, { state: 'refused', sentence: found.sentence })
      if (this.rows.get(code) || this.#where?.code === code) this.stop.say(found.sentence)
    }
    this.view.name(printed(code), found.subject?.ref ?? found.subject?.name ?? printed(code))
    this.run({ event: 'looked_up', code, sentence: found.sentence })
  }

  _row ({ number, code, seal }) {
    this.rows.set(code, { number, seal })
  }

  _row_gone ({ code }) { // eslint-disable-line camelcase
    this.rows.remove(code)
  }

  _batch ({ to, count }) {
    if (to === null) this.#where = null
    else if (this.#where?.code !== to) this.#where = { code: to, name: '' }
    if (count || this.rows.all.length === 0) return
    this.#newBatch() // dropped by CANCEL: what was sent is cleared away before
  }

  async _check ({ act }) {
    const batch = this.#batch
    for (const { code } of act.items) this.rows.change(code, { state: 'checking', sentence: '' })
    const body = actBody(act, { seq: 1, offsetMs: this.delivery.offsetMs ?? 0, newId })
    const answer = await this.#asked(this.service.check(body))
    if (batch !== this.#batch) return
    for (const { code } of answer ? [] : act.items) this.rows.change(code, { state: 'unchecked', sentence: '' })
    if (!answer) return
    if (answer.code === 'operator_session_ended') return this.#lock()
    const items = answer.items.filter(item => this.rows.get(item.code))
    for (const item of items) this.rows.change(item.code, { state: stateOf(item.verdict), ref: item.ref ?? this.rows.get(item.code).ref, sentence: item.sentence })
    this.run({ event: 'checked', items })
  }

  async _send ({ act }) {
    const rows = this.rows.all
    const where = act.kind === 'SIGN_OUT' ? this.#receiver : this.#where?.name
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

  /** The answer, or null when there is none or only a no: whether a scan counts is for the act's own answer. */
  async #asked (question) {
    try {
      return await question
    } catch (problem) {
      if (!(problem instanceof Refused)) this.delivery.lost(problem)
      return null
    }
  }

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
    this.#batch += 1
    this.#receiver = ''
    this.rows.clear()
    this.stop.forget()
  }

  #draw () {
    const { operator, question, batch } = this.dialogue
    const place = this.#where && (this.#where.name || 'Place scanned')
    this.view.now({ operator, locked: this.#locked, batch, where: batch.actKind === 'SIGN_OUT' ? this.#receiver : place })
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
