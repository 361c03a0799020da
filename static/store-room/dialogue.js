// The scan dialogue: what a scan means, as rules without input or output. The same rules as scanner/session.py, held to
// the same table of cases; docs/scan-dialogue.md has them in words.
import { ENDS_WITH_ITS_BATCH, LONGEST_ANSWER, MOST_ITEMS, NEEDS, OpenBatch, dueBack } from './batch.js'
import { COMMANDS, CodeRefused, commandOf, typeOf } from './codes.js'
import { ASKED, counted, say, sayThis, sentence, shown, tone, words } from './wording.js'

const SAME_CODE_SECONDS = 2

/** One person at one scanner. `ask_seal` names the kinds of act at which each item's seal number is asked for. */
export class Dialogue {
  #operator = null
  #owner = null // the badge that began the open batch
  #batch = new OpenBatch()
  #question = null
  #signingIn = null // the badge that waits for its PIN
  #last = null
  #cancelling = false
  #closing = false

  constructor ({ ask_seal: askSeal = [] } = {}) {
    this.askSeal = new Set(askSeal)
  }

  get operator () { return this.#operator }
  get question () { return this.#question }

  /** The open batch, to look at. */
  get batch () {
    const { kind, actKind, missing, to, purpose, items } = this.#batch
    return { chosen: kind !== null, actKind, missing, to, purpose, items: items.length }
  }

  /** What the event leads to, as a list of effects in order. */
  take (event) {
    switch (event.event) {
      case 'code': return this.#code({ method: 'scan', ...event })
      case 'typed': return this.#typed({ why: null, ...event })
      case 'signed_in': return this.#signedIn(event)
      case 'sign_in_refused': return this.#signInRefused(event)
      case 'looked_up': return [sayThis('looked_up', event.sentence, 'none')]
      case 'checked':
        return event.items.filter(item => tone(item) !== 'good').map(item => sayThis('checked', item.sentence, tone(item)))
      case 'recorded': return event.items.map(item => sayThis(item.verdict, item.sentence, tone(item)))
      case 'queued': return [say('queued', 'bad', { waiting: counted(event.waiting, 'act') })]
      case 'operator_gone':
        this.#operator = null
        return [say('operator_gone', 'bad')]
      default: throw new TypeError(`no such event: ${event.event}`)
    }
  }

  // What only the page can do, because it has buttons: none of it changes what a scan means.

  /** A button was pressed. A finger means it each time, except for CANCEL, whose second press drops the batch. */
  press (name, at) {
    if (name !== 'CANCEL') this.#last = null
    return this.take({ event: 'code', code: COMMANDS[name], at, method: 'manual' })
  }

  /** Ask for the seal of the item that joined last. */
  askForSeal () {
    return this.#batch.items.length ? [this.#ask('seal')] : []
  }

  /** Let go of the question at hand, as when the wrong badge was scanned. */
  dropQuestion () {
    this.#question = this.#signingIn = null
    this.#closing = false
  }

  /** Ask once more for verdicts on every row, as when the network is back. */
  recheck (at) {
    return this.#operator ? this.#checkAll(at) : []
  }

  // Reads

  #code (read) {
    const before = this.#last
    this.#last = { code: read.code, at: read.at }
    if (before && before.code === read.code && Math.abs(read.at - before.at) < SAME_CODE_SECONDS) {
      return [say('ignored', 'none', { code: shown(read.code) })]
    }
    const kind = typeOf(read.code)
    if (kind === 'person') return this.#badge(read.code)
    if (this.#operator === null) return [say('badge_first', 'bad')]
    if (kind === 'command') return this.#command(read)
    this.#cancelling = false
    if (kind === 'place') return this.#place(read)
    return kind === 'item' ? this.#item(read) : [say('box', 'bad')]
  }

  #badge (badge) {
    this.#cancelling = false
    if (this.#operator !== null && badge === this.#operator.badge) {
      const wanted = this.#batch.missing === 'receiver'
      return [wanted ? say('receiver_is_operator', 'bad') : say('already_signed_in', 'none')]
    }
    if (!this.#wantsReceiver && this.#batch.items.length && badge !== this.#owner) {
      return [say('batch_open', 'bad', { items: counted(this.#batch.items.length, 'item') })]
    }
    this.#signingIn = badge
    this.#question = null
    return [{ effect: 'sign_in', badge, pin: null }]
  }

  get #wantsReceiver () {
    return this.#operator !== null && this.#batch.missing === 'receiver'
  }

  #signedIn (event) {
    if (event.badge !== this.#signingIn) return []
    const receiver = this.#wantsReceiver
    this.#signingIn = this.#question = null
    if (receiver) {
      this.#batch.receiver = event.session
      return [say('receiver_signed_in', 'good', { name: event.name }), ...this.#goOn(0, false)]
    }
    this.#operator = { badge: event.badge, session: event.session, name: event.name }
    this.#owner = event.badge
    return [say('signed_in', 'good', { name: event.name })]
  }

  #signInRefused (event) {
    if (event.badge !== this.#signingIn) return []
    const said = event.code === 'pin_needed' ? [] : [sayThis(event.code, event.sentence, 'bad')]
    if (event.code !== 'pin_needed' && event.code !== 'pin_wrong') {
      this.#signingIn = null
      return said
    }
    return [...said, this.#ask(this.#wantsReceiver ? 'receiver_pin' : 'pin')]
  }

  // Commands

  #command (read) {
    let name
    try {
      name = commandOf(read.code)
    } catch (refusal) {
      if (!(refusal instanceof CodeRefused)) throw refusal
      return [sayThis('unknown_command', refusal.message, 'bad')]
    }
    if (name === 'CANCEL') return this.#cancel()
    this.#cancelling = false
    if (name === 'UNDO') return this.#undo()
    if (name === 'CONFIRM') return this.#batch.items.length ? this.#close(read.at) : [say('nothing_to_confirm', 'bad')]
    return this.#choose(name, read.at)
  }

  #choose (kind, at) {
    if (!(kind in NEEDS)) return [say('not_here', 'bad', { kind: words(kind) })]
    if (kind === this.#batch.kind) return [say('kind', 'none', { kind: words(kind) })]
    const closed = this.#batch.items.length && this.#batch.missing === null ? this.#close(at) : []
    this.#batch.kind = kind
    if (!this.#batch.takesPlace) this.#batch.to = null
    // What SIGN_OUT and SUBMIT need is asked for at once; other kinds wait for their place.
    const asked = ENDS_WITH_ITS_BATCH.has(kind) ? this.#askMissing() : []
    return [...closed, say('kind', 'none', { kind: words(kind) }), this.#heading(), ...asked, ...this.#checkAll(at)]
  }

  #undo () {
    this.#closing = false
    if (this.#question === 'seal') this.#question = null
    if (this.#batch.items.length) {
      const number = this.#batch.items.length
      const { code } = this.#batch.items.pop()
      return [{ effect: 'row_gone', number, code }, say('undone', 'none', { code: shown(code) }), this.#heading()]
    }
    if (this.#batch.to === null) return [say('nothing_to_undo', 'bad')]
    this.#batch.to = null
    return [say('place_undone', 'none'), this.#heading()]
  }

  #cancel () {
    const { items, to, kind } = this.#batch
    if (!this.#cancelling && (items.length || to !== null)) {
      this.#cancelling = true
      return [say('cancel_again', 'stop', { items: counted(items.length, 'item') })]
    }
    if (!this.#cancelling && kind === null) return [say('nothing_to_cancel', 'bad')]
    this.#batch = new OpenBatch()
    this.#question = null
    this.#closing = this.#cancelling = false
    return [say('cancelled', 'none'), this.#heading()]
  }

  // Places and items

  #place (read) {
    let closed = []
    if (this.#batch.items.length && (this.#batch.to !== null || !this.#batch.takesPlace)) {
      closed = this.#close(read.at)
      if (this.#batch.items.length) return closed // something is missing: the batch stays, the place is not taken
    }
    if (!this.#batch.takesPlace) return [...closed, say('no_place', 'bad')]
    this.#batch.to = read.code
    const lookUp = { effect: 'look_up', code: read.code }
    return [...closed, say('place', 'good', { code: shown(read.code) }), this.#heading(), lookUp, ...this.#goOn(read.at)]
  }

  #item (read) {
    const batch = this.#batch
    const code = shown(read.code)
    const there = batch.rowOf(read.code)
    if (there) return [say('already_in_batch', 'none', { code, row: there })]
    if (batch.items.length >= MOST_ITEMS) return [say('batch_full', 'bad', { items: MOST_ITEMS })]
    batch.items.push({ code: read.code, at: read.at, method: read.method, seal: null })
    const row = batch.items.length
    const asked = this.askSeal.has(batch.actKind) ? [this.#ask('seal')] : []
    return [
      { effect: 'row', number: row, code: read.code, seal: null },
      say('joined', 'good', { code, row }),
      this.#heading(),
      { effect: 'look_up', code: read.code },
      ...this.#check(read.at, batch.items.slice(-1)),
      ...asked
    ]
  }

  // Answers

  #typed (line) {
    const text = line.text.trim()
    const question = this.#question
    if (question === null) {
      return [sayThis('not_a_code', line.why || sentence('not_a_code', { text: [...text].slice(0, 24).join('') }), 'bad')]
    }
    if (!text || [...text].length > LONGEST_ANSWER) {
      return [say('answer_length', 'bad', { most: LONGEST_ANSWER }), this.#ask(question)]
    }
    if (question === 'pin' || question === 'receiver_pin') {
      return this.#signingIn ? [{ effect: 'sign_in', badge: this.#signingIn, pin: text }] : []
    }
    if (question === 'seal') return this.#sealed(text, line.at)
    const answer = question === 'due_back' ? dueBack(text, line.at) : text
    if (answer === null) return [say('no_date', 'bad'), this.#ask('due_back')]
    this.#batch[question] = answer
    this.#question = null
    return this.#goOn(line.at)
  }

  #sealed (seal, at) {
    this.#question = null
    if (!this.#batch.items.length) return []
    const item = this.#batch.sealLast(seal)
    const row = { effect: 'row', number: this.#batch.items.length, code: item.code, seal }
    return [row, say('sealed', 'good', { seal }), ...(this.#operator ? this.#check(at, [item]) : [])]
  }

  // Towards the act

  /** After something needed was given: ask for the next, or send if CONFIRM was waiting for it. */
  #goOn (at, mayClose = true) {
    if (this.#batch.missing !== null) {
      return this.#closing || ENDS_WITH_ITS_BATCH.has(this.#batch.kind) ? this.#askMissing() : []
    }
    if (!mayClose || this.#operator === null) return []
    return this.#closing ? this.#close(at) : this.#checkAll(at)
  }

  #close (at) {
    if (this.#batch.missing !== null) {
      this.#closing = true
      return this.#askMissing()
    }
    const act = this.#batch.draft(this.#operator.session, at, this.#batch.items)
    this.#batch = new OpenBatch(ENDS_WITH_ITS_BATCH.has(this.#batch.kind) ? null : this.#batch.kind)
    this.#closing = false
    this.#question = null
    return [{ effect: 'send', act }, this.#heading()]
  }

  #askMissing () {
    const need = this.#batch.missing
    if (need === null) return []
    return [need === 'to' || need === 'receiver' ? say(`${need}_needed`, 'none') : this.#ask(need)]
  }

  #ask (what) {
    this.#question = what
    return { effect: 'ask', what, sentence: ASKED[what] }
  }

  #checkAll (at) {
    return this.#batch.items.length ? this.#check(at, this.#batch.items) : []
  }

  #check (at, items) {
    if (this.#batch.missing !== null) return []
    return [{ effect: 'check', act: this.#batch.draft(this.#operator.session, at, items) }]
  }

  #heading () {
    return { effect: 'batch', kind: this.#batch.kind, to: this.#batch.to, count: this.#batch.items.length }
  }
}
