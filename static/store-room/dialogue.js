// The scan dialogue: what a scan means, as rules without input or output. The same rules as scanner/session.py, held to
// the same table of cases; docs/scan-dialogue.md has them in words. What is asked is in answers.js, who is there in
// badges.js, what leads to the act in towards.js; here is what is scanned.
import { answered, leftOut, rowOf, typed } from './answers.js'
import { badge, ROLE_OF, signedIn, signInRefused, wish } from './badges.js'
import { MOST_ITEMS, OpenBatch } from './batch.js'
import { CodeRefused, commandOf, COMMANDS, typeOf } from './codes.js'
import { KINDS } from './kinds.js'
import { State } from './state.js'
import { askMissing, askOfItem, check, checked, close, goOn } from './towards.js'
import { counted, say, sayThis, shown, tone, words } from './wording.js'

const SAME_CODE_SECONDS = 2

/** One person at one scanner. `ask_seal` names the kinds of act at which each item's seal number is asked for. */
export class Dialogue {
  #state

  constructor ({ ask_seal: askSeal = [] } = {}) {
    this.#state = new State(askSeal)
  }

  set askSeal (kinds) { this.#state.askSeal = kinds }
  get operator () { return this.#state.operator }
  get question () { return this.#state.question?.what ?? null }
  get secret () { return this.#state.secret }

  /** The open batch, to look at. */
  get batch () {
    const { awaits, batch } = this.#state
    const { kind, actKind, missing, rules, to, items } = batch
    return { chosen: kind !== null, actKind, target: rules.target, missing, awaits, to, items: items.length }
  }

  /** What the event leads to, as a list of effects in order. */
  take (event) {
    const state = this.#state
    switch (event.event) {
      case 'code': return code(state, { method: 'scan', ...event })
      case 'typed': return typed(state, { why: null, ...event })
      case 'signed_in': return signedIn(state, event)
      case 'sign_in_refused': return signInRefused(state, event)
      case 'looked_up': return [sayThis('looked_up', event.sentence, 'none')]
      case 'checked': return checked(state, event.items)
      case 'recorded': return event.items.map(item => sayThis(item.verdict, item.sentence, tone(item)))
      case 'queued': return [say('queued', 'bad', { waiting: counted(event.waiting, 'act') })]
      case 'operator_gone':
        state.operator = null
        return [say('operator_gone', 'bad')]
      default: throw new TypeError(`no such event: ${event.event}`)
    }
  }

  // What only the page can do, because it has buttons: none of it changes what a scan means.

  /** A button was pressed. A finger means it each time, except for CANCEL, whose second press drops the batch. */
  press (name, at) {
    if (name !== 'CANCEL') this.#state.last = null
    return this.take({ event: 'code', code: COMMANDS[name], at, method: 'manual' })
  }

  /** Ask for the seal of the item that joined last. */
  askForSeal () {
    const { batch } = this.#state
    if (!batch.items.length) return []
    return [this.#state.ask(batch.rules.each.includes('new_seal') ? 'new_seal' : 'seal', batch.items.at(-1).code)]
  }

  /** Let go of the question at hand, as when the wrong badge was scanned. */
  dropQuestion () {
    this.#state.question = this.#state.signingIn = null
    this.#state.closing = false
    return []
  }

  /** All that the dialogue remembers, as plain data without any PIN. */
  get kept () { return this.#state.kept }

  /** Be again as it was. */
  restore (kept) { this.#state.restore(kept) }

  /** Go on with a batch that was left open: whoever began it signs in again, and what was asked is asked again. */
  resume (kept) {
    const { owner, batch, at } = kept
    this.#state.restore({ owner, batch, at })
  }

  /** Ask once more for verdicts on every row, as when the network is back. */
  recheck (at) {
    this.#state.at = at
    return check(this.#state, this.#state.batch.items)
  }
}

function code (state, read) {
  const before = state.last
  state.last = { code: read.code, at: read.at }
  state.at = read.at
  if (before && before.code === read.code && Math.abs(read.at - before.at) < SAME_CODE_SECONDS) {
    return [say('ignored', 'none', { code: shown(read.code) })]
  }
  const kind = typeOf(read.code)
  if (kind === 'person') return badge(state, read.code)
  if (state.operator === null) return [say('badge_first', 'bad')]
  if (kind === 'command') return command(state, read)
  state.cancelling = false
  if (kind === 'place') return place(state, read)
  return kind === 'box' && isTarget(state.batch) ? box(state, read) : item(state, read)
}

// Commands

function command (state, read) {
  let name
  try {
    name = commandOf(read.code)
  } catch (refusal) {
    if (!(refusal instanceof CodeRefused)) throw refusal
    return [sayThis('unknown_command', refusal.message, 'bad')]
  }
  if (name === 'CANCEL') return cancel(state)
  state.cancelling = false
  if (name === 'UNDO') return undo(state)
  if (name === 'CONFIRM') return confirm(state)
  if (name in ROLE_OF) return wish(state, name)
  if (name === 'OPEN' && state.question?.what === 'opened') return answered(state, true)
  return choose(state, name)
}

function choose (state, kind) {
  if (!(kind in KINDS)) return [say('not_here', 'bad', { kind: words(kind) })]
  const { batch } = state
  if (kind === batch.kind) return [say('kind', 'none', { kind: words(kind) })]
  const closed = batch.items.length && batch.missing === null && batch.lacking() === null ? close(state) : []
  const changed = state.batch.become(kind)
  state.drop()
  const rows = changed.map(one => rowOf(state, one))
  // What ends with its batch asks at once; a kind that stays waits for its place or its box.
  const asked = state.batch.rules.stays ? [] : askMissing(state)
  const chosen = [say('kind', 'none', { kind: words(kind) }), state.heading()]
  return [...closed, ...rows, ...chosen, ...asked, ...check(state, state.batch.items)]
}

function confirm (state) {
  return leftOut(state) ?? (state.batch.items.length ? close(state) : [say('nothing_to_confirm', 'bad')])
}

function undo (state) {
  const { batch } = state
  state.closing = false
  if (state.role !== null && !batch.demanded.has(state.role)) {
    state.drop()
    return [say('wish_undone', 'none'), ...(batch.rules.stays ? [] : askMissing(state))]
  }
  if (state.question !== null && state.question.code !== null) state.question = null
  if (batch.items.length) {
    const number = batch.items.length
    const gone = batch.takeBack()
    if (state.role !== null && !batch.demanded.has(state.role)) state.drop()
    const rowGone = { effect: 'row_gone', number, code: gone.code }
    return [rowGone, say('undone', 'none', { code: shown(gone.code) }), state.heading()]
  }
  const where = ['bound_for', 'to'].find(name => name in batch.facts)
  if (!where) return [say('nothing_to_undo', 'bad')]
  delete batch.facts[where]
  return [say('place_undone', 'none'), state.heading()]
}

function cancel (state) {
  const { items, to, kind } = state.batch
  if (!state.cancelling && (items.length || to !== null)) {
    state.cancelling = true
    return [say('cancel_again', 'stop', { items: counted(items.length, 'item') })]
  }
  if (!state.cancelling && kind === null && state.role === null) return [say('nothing_to_cancel', 'bad')]
  state.batch = new OpenBatch()
  state.closing = state.cancelling = false
  state.drop()
  return [say('cancelled', 'none'), state.heading()]
}

// Places, boxes and items

function place (state, read) {
  const { batch } = state
  if (batch.actKind === 'COLLECT' && batch.to !== null && !('bound_for' in batch.facts)) {
    batch.facts.bound_for = read.code
    return [say('bound_for', 'good', { code: shown(read.code) }), { effect: 'look_up', code: read.code }, ...goOn(state)]
  }
  if (batch.wants('place_reason') !== null && batch.rules.target === 'place') return anotherPlace(state, read)
  const [closed, taken] = closeBefore(state, batch.rules.target === 'place')
  if (!taken) return closed
  if (state.batch.rules.target !== 'place') return [...closed, say('no_place', 'bad', { kind: words(state.batch.actKind) })]
  return [...closed, ...goTo(state, read.code, 'place')]
}

/** The next place or box closes the batch that has all. False if that lacks something: then it is not taken. */
function closeBefore (state, fits) {
  if (!state.batch.items.length || (fits && state.batch.to === null)) return [[], true]
  const closed = close(state)
  return [closed, !state.batch.items.length]
}

/** The place does not suit an item: another one, in its stead. */
function anotherPlace (state, read) {
  state.batch.forget('place_reason')
  state.closing = false
  state.drop()
  return goTo(state, read.code, 'place')
}

function goTo (state, to, what) {
  state.batch.facts.to = to
  const placed = [say(what, 'good', { code: shown(to) }), state.heading(), { effect: 'look_up', code: to }]
  const asked = state.batch.actKind === 'COLLECT' ? [say('bound_for_asked', 'none')] : []
  return [...placed, ...asked, ...goOn(state)]
}

/**
 * Whether a box is where the items are, and not one of them: for PUT IN, and for a SIGHTING of what is in it. For PUT IN
 * boxes that follow the first go into it, until an item does: then the next box is the next target.
 */
function isTarget (batch) {
  if (batch.rules.target === 'box') return batch.to === null || batch.items.some(item => typeOf(item.code) === 'item')
  if (batch.actKind !== 'SIGHTING') return false
  const inABox = batch.to !== null && typeOf(batch.to) === 'box'
  return inABox || (batch.to === null && !batch.items.length)
}

function box (state, read) {
  const [closed, taken] = closeBefore(state, true)
  return taken ? [...closed, ...goTo(state, read.code, 'box')] : closed
}

function item (state, read) {
  const { batch } = state
  const code = shown(read.code)
  const there = batch.rowOf(read.code)
  if (there) return [say('already_in_batch', 'none', { code, row: there })]
  if (batch.items.length >= MOST_ITEMS) return [say('batch_full', 'bad', { items: MOST_ITEMS })]
  const joined = { code: read.code, at: read.at, method: read.method }
  batch.items.push(joined)
  const row = batch.items.length
  return [
    { effect: 'row', number: row, code: read.code, seal: null },
    say('joined', 'good', { code, row }),
    state.heading(),
    { effect: 'look_up', code: read.code },
    ...check(state, [joined]),
    ...askOfItem(state, joined)
  ]
}
