// The way to the act: what is asked next, what is checked, and when the batch is sent (scanner/towards.py).
import { OpenBatch } from './batch.js'
import { typeOf } from './codes.js'
import { DEMANDS, fact } from './kinds.js'
import { say, sayThis, tone } from './wording.js'

const TO_NEEDED = { box: 'box_needed', person: 'offered_needed', carrier: 'carrier_needed' }

/**
 * After something needed was given: ask for the next, send if CONFIRM was waiting for it, or check. What a verdict asked
 * for is checked before it is sent: there may be more to ask (`checked` then sends).
 */
export function goOn (state) {
  const { batch } = state
  if (batch.missing !== null) return state.closing || !batch.rules.stays ? askMissing(state) : []
  if (state.operator === null) return []
  if (state.closing && !(batch.demanded.size && batch.lacking() === null)) return close(state)
  return [...check(state, batch.items), ...askDemanded(state)]
}

/** Send the batch; what it lacks is asked for first, and the last answer sends. */
export function close (state) {
  const { batch } = state
  state.closing = true
  if (batch.missing !== null) return askMissing(state)
  const lacking = batch.lacking()
  if (lacking !== null) return askLacking(state, ...lacking)
  if (state.operator === null) return []
  const act = batch.draft(state.operator.session, state.at, batch.items)
  state.batch = new OpenBatch(batch.rules.stays ? batch.kind : null)
  state.closing = false
  state.drop()
  return [{ effect: 'send', act }, state.heading()]
}

/** Ask for the first thing that the kind of act needs. */
export function askMissing (state) {
  const need = state.batch.missing
  if (need === null) return []
  if (need === 'to') {
    const target = state.batch.actKind === 'COLLECT' ? 'carrier' : state.batch.rules.target
    return [say(TO_NEEDED[target] ?? 'to_needed', 'none')]
  }
  return [need === 'receiver' ? say('receiver_needed', 'none') : state.ask(need)]
}

/** Ask for what an item lacks, or for what a verdict wants. */
function askLacking (state, need, code) {
  if (need === 'witness') {
    state.role = 'witness'
    state.question = null
    return [say('witness_needed', 'none')]
  }
  const row = code === null ? 0 : state.batch.rowOf(code)
  const about = row && row !== state.batch.items.length ? [say('of_row', 'none', { row })] : []
  return [...about, state.ask(need, code)]
}

/** Ask for what a verdict wants, when nothing else is being asked. */
export function askDemanded (state) {
  const wanted = state.batch.demand()
  if (wanted === null || state.question !== null || state.role !== null || state.signingIn !== null) return []
  return askLacking(state, ...wanted)
}

/** Ask the next thing that is asked of each item; `after` is what was answered just now. */
export function askOfItem (state, item, after = null) {
  const { rules, actKind } = state.batch
  const first = state.askSeal.has(actKind) && !rules.each.includes('new_seal') ? ['seal'] : []
  const wanted = typeOf(item.code) === 'box' ? state.batch.each(item.code) : [...first, ...rules.each, ...rules.may]
  if (after !== null && !wanted.includes(after)) return []
  const unsaid = wanted.slice(wanted.indexOf(after) + 1).find(what => item[fact(what)] === undefined)
  return unsaid ? [state.ask(unsaid, item.code)] : []
}

/** Ask for the verdicts on these items, as far as all is there that they need. */
export function check (state, items) {
  const whole = items.filter(item => state.batch.without(item) === null)
  if (state.operator === null || state.batch.missing !== null || !whole.length) return []
  return [{ effect: 'check', act: state.batch.draft(state.operator.session, state.at, whole) }]
}

/** Say what is not good. What can still be given is no STOP: it is asked for. */
export function checked (state, items) {
  const said = []
  for (const item of items) {
    const need = item.verdict === 'refused' ? DEMANDS[item.error_code] : undefined
    if (need && state.batch.askFor(need, item.code)) said.push(sayThis('checked', item.sentence, 'bad'))
    else if (tone(item) !== 'good') said.push(sayThis('checked', item.sentence, tone(item)))
  }
  if (!state.closing || !state.batch.items.length || state.batch.missing !== null) return [...said, ...askDemanded(state)]
  if (items.some(item => item.verdict === 'refused') && state.batch.lacking() === null) {
    state.closing = false // what is refused for good is for a person to look at
    return said
  }
  return [...said, ...close(state)]
}
