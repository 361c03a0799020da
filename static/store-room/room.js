// The counter: carries out what the dialogue wants, and brings back what happened.
import { Service } from './client.js'
import { CodeRefused, COMMANDS, parse, printed } from './codes.js'
import { Delivery } from './delivery.js'
import { Dialogue } from './dialogue.js'
import { History } from './history.js'
import { connectKeys } from './keys.js'
import { Lookups } from './lookups.js'
import { nextStep } from './next.js'
import { Memory } from './memory.js'
import { OutboxUnusable } from './outbox.js'
import { Questions } from './questions.js'
import { Rows } from './rows.js'
import { connectSettings } from './settings.js'
import { Speech } from './speech.js'
import { Stop } from './stop.js'
import { Tones } from './tones.js'
import { Turns } from './turns.js'
import { View } from './view.js'
import { Wedge } from './wedge.js'
import { counted, sayThis } from './wording.js'

const find = id => document.getElementById(id)
const seconds = () => Date.now() / 1000

export class StoreRoom {
  #where = null // {code, name} of the place, the box or whom it is offered to
  #people = {} // the second people's names, by what they are
  #kind = null
  #locked = false
  #idle = null
  #scans = 0
  #turn = Promise.resolve()
  leaving = false // the page is loaded anew on purpose

  constructor (outbox, { idleMs }) {
    this.idleMs = idleMs
    this.outbox = outbox
    this.service = new Service()
    this.dialogue = new Dialogue()
    this.memory = new Memory({ outbox, dialogue: this.dialogue, offsetMs: () => this.delivery.offsetMs })
    this.speech = new Speech()
    this.view = new View()
    this.tones = new Tones()
    this.rows = new Rows({ list: find('rows'), empty: find('rows-empty') })
    this.history = new History({ onNoted: seq => outbox.noted(seq) })
    this.stop = new Stop({ tones: this.tones, speech: this.speech, onSeen: () => this.#draw() })
    this.questions = new Questions({
      onAnswer: text => this.run({ event: 'typed', text, at: seconds() }),
      onLeave: () => this.#do(() => this.dialogue.dropQuestion())
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
      onCodes: codes => codes.forEach(code => this.scanned(code)),
      onText: (text, why) => this.foreign(text, why),
      fallback: () => (this.questions.open ? this.questions.input : document.querySelector('dialog[open]') ? null : find('code'))
    })
  }

  /** Connect the buttons, show what was left over, and look for the service. */
  async start () {
    connectSettings(this)
    connectKeys({
      onCommand: name => this.#do(() => this.dialogue.press(name, seconds())),
      onSeal: () => this.#do(() => this.dialogue.askForSeal()),
      onLock: () => this.#lock(),
      onTyped: text => this.#typedCode(text)
    })
    addEventListener('beforeunload', event => { if (this.busy && !this.leaving) event.preventDefault() })
    addEventListener('pointerdown', () => this.#busy())
    for (const kept of await this.outbox.rejected()) this.history.answered(kept, kept.answer)
    await this.#recount()
    await this.#resume()
    this.#draw()
    this.delivery.kick()
  }

  /** Whether a batch is open: then nobody should leave the page unasked. */
  get busy () { return this.dialogue.batch.items > 0 }

  /** One event into the dialogue, and what it leads to. */
  run (event) {
    return this.#do(() => this.dialogue.take(event))
  }

  /** One step of the dialogue: what it changes is on the disk before anything is said or sounds. In turn, one by one. */
  #do (step) {
    this.#turn = this.#turn.then(async () => {
      const { effects, kept, problem } = await this.memory.keep(step, { people: this.#people })
      if (problem) this.#full(problem)
      else await this.#carryOut(effects, kept)
    })
    return this.#turn
  }

  #full (problem) {
    this.stop.say(`This device cannot keep scans (${problem.message}): the last one was not taken. Make room on the device, then do it again.`)
  }

  /** The batch that was open when the page was closed, or died. */
  async #resume () {
    const found = await this.memory.resume()
    if (!found) return
    this.#people = found.people
    const { items, to, kind } = found.batch
    this.#kind = kind
    if (to) this.#where = { code: to, name: '' }
    this.rows.resume(items)
    if (to) this._look_up({ code: to })
    for (const { code } of items) this.lookups.what(code)
    this.#carryOut([sayThis('resumed', `The batch that was open is still here, with ${counted(items.length, 'item')}. Scan your badge to go on.`, 'bad')])
  }

  // What comes in: one of our codes, or what is none of ours with the sentence that says so; from handheld or camera

  scanned (code) {
    this.#busy()
    const at = seconds()
    this.#do(() => {
      if (!this.stop.open) return this.dialogue.take({ event: 'code', code, at })
      if (code === COMMANDS.CONFIRM) this.stop.seen()
      else this.stop.miss()
      return []
    })
  }

  foreign (text, why) {
    this.#busy()
    if (this.stop.open) return this.stop.miss()
    if (!this.dialogue.secret) return this.run({ event: 'typed', text, why, at: seconds() })
    this.questions.complain('That was no badge: enter the PIN on the keys.')
    this.tones.play('bad')
  }

  #typedCode (text) {
    this.#busy()
    try {
      this.run({ event: 'code', code: parse(text), at: seconds(), method: 'manual' })
    } catch (refusal) {
      if (!(refusal instanceof CodeRefused)) throw refusal
      this.#carryOut([sayThis(refusal.code, refusal.message, 'bad')])
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
    this.#do(() => [...this.dialogue.dropQuestion(), ...this.dialogue.take({ event: 'operator_gone' })])
  }

  // What the dialogue wants

  async #carryOut (effects, kept = []) {
    const said = []
    const acts = kept[Symbol.iterator]()
    let asked = false
    for (const effect of effects) {
      if (effect.effect === 'say') said.push(effect)
      if (effect.effect === 'ask') asked = true
      if (effect.effect === 'send') await this.#sent(acts.next().value)
      else this[`_${effect.effect}`](effect)
    }
    const shown = said.filter(say => say.message !== 'looked_up')
    const tone = this.view.say(shown)
    if (tone !== 'stop') {
      this.tones.play(tone)
      if (shown.length) this.speech.say(find('sentence').textContent)
    }
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
    await this.run(answer)
    if (answer.event === 'signed_in' && !role && this.busy) this.#do(() => this.dialogue.recheck(seconds()))
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

  /** An act stands in the outbox. */
  async #sent (kept) {
    const rows = this.rows.all
    const where = kept.body.kind === 'SIGN_OUT' ? this.#takers : this.#where?.name
    this.#newBatch()
    this.history.sent(kept, rows, where)
    await this.#recount()
    if (this.delivery.state === 'gone') this.run({ event: 'queued', waiting: (await this.outbox.counts()).acts })
    this.delivery.kick()
  }

  // What the service says

  async #answered (kept, answer) {
    const sum = this.history.answered(kept, answer)
    await this.#recount()
    const effects = this.dialogue.take({ event: 'recorded', items: answer.items })
    // The sentences stand in their rows; the band says the sum, unless there is something to look at.
    this.#carryOut([...effects.filter(say => say.tone !== 'good'), ...(sum ? [sayThis('recorded', sum, 'good')] : [])])
  }

  async #line (state, sentence) {
    this.view.line(state, sentence, this.#scans)
    if (state === 'there') this.#do(() => this.dialogue.recheck(seconds()))
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
