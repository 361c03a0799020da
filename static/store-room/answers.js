// Answers: what a typed line, or a read that is none of our codes, says to the question at hand (scanner/answers.py).
import { signIn } from './badges.js'
import { dueBack, LONGEST_ANSWER } from './batch.js'
import { fact, OF_AN_ITEM } from './kinds.js'
import { askDemanded, askOfItem, check, close, goOn } from './towards.js'
import { say, sayThis, sentence } from './wording.js'

const SAME_READ_SECONDS = 2
const YES_OR_NO = { y: true, yes: true, n: false, no: false }
// What a verdict asks for can be left out: then the service refuses those items, on record.
const BY_A_VERDICT = new Set(['counted', 'made_safe_by', 'place_reason'])

/** A line, as the answer to the question; without one it is no code. */
export function typed (state, line) {
  const text = line.text.trim()
  const { question, lastAnswer } = state
  state.at = line.at
  if (lastAnswer && lastAnswer.text === text && Math.abs(line.at - lastAnswer.at) < SAME_READ_SECONDS) {
    return [say('answered_already', 'none', { text: start(text, 24) })]
  }
  if (question === null) return [sayThis('not_a_code', line.why || sentence('not_a_code', { text: start(text, 24) }), 'bad')]
  if (!text || [...text].length > LONGEST_ANSWER) {
    return [say('answer_length', 'bad', { most: LONGEST_ANSWER }), state.ask(question.what, question.code)]
  }
  if (state.secret) return state.signingIn ? [signIn(state, text)] : []
  if (OF_AN_ITEM.has(question.what)) {
    state.lastAnswer = { text, at: line.at }
    return ofItem(state, question, text)
  }
  const answer = meant(question.what, text, line.at)
  if (answer !== null) return answered(state, answer)
  return [say(question.what === 'due_back' ? 'no_date' : 'yes_or_no', 'bad'), state.ask(question.what)]
}

function meant (what, text, at) {
  if (what === 'due_back') return dueBack(text, at)
  if (what !== 'opened') return text
  return Object.hasOwn(YES_OR_NO, text.toLowerCase()) ? YES_OR_NO[text.toLowerCase()] : null
}

/** The question at hand, which is of the act, has this answer. */
export function answered (state, answer) {
  state.batch.facts[fact(state.question.what)] = answer
  state.question = null
  return goOn(state)
}

function ofItem (state, { what, code }, text) {
  state.question = null
  const item = state.batch.sayOf(code, fact(what), text)
  if (item === null) return []
  const seal = ['seal', 'new_seal'].includes(fact(what))
  const said = [rowOf(state, item), seal ? say('sealed', 'good', { seal: text }) : say('noted', 'good', { text: start(text, 40) })]
  const asked = askOfItem(state, item, what)
  if (asked.length) return [...said, ...asked]
  if (state.closing) return [...said, ...goOn(state)]
  return [...said, ...check(state, [item]), ...askDemanded(state)]
}

/** The item as it stands in its row. */
export function rowOf (state, item) {
  const row = { effect: 'row', number: state.batch.rowOf(item.code), code: item.code, seal: item.seal ?? null }
  const more = { new_seal: item.new_seal, item_number: item.number, counted: item.counted }
  return { ...row, ...Object.fromEntries(Object.entries(more).filter(([, value]) => value !== undefined)) }
}

/** CONFIRM, when something is being asked that may be left out. Null when there is no such thing. */
export function leftOut (state) {
  const { question, role, batch } = state
  let said
  if (question?.what === 'opened') return answered(state, false)
  if (role !== null) {
    batch.decline(role)
    state.drop()
    said = `${role}_left_out`
  } else if (question !== null && (BY_A_VERDICT.has(question.what) || batch.rules.may.includes(question.what))) {
    batch.decline(question.what)
    state.question = null
    said = BY_A_VERDICT.has(question.what) ? 'demand_left_out' : 'left_out'
  } else return null
  return [say(said, 'none'), ...(state.closing ? close(state) : askDemanded(state))]
}

function start (text, most) {
  return [...text].slice(0, most).join('')
}
