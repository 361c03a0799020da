// Badges: who works at the scanner, who takes, who watches, and to whom something is offered (scanner/badges.py).
import { goOn } from './towards.js'
import { counted, say, sayThis, shown } from './wording.js'

export const ROLE_OF = Object.freeze({ WITNESS: 'witness', TOGETHER: 'joint' })

/** WITNESS or TOGETHER: the next badge is the witness, or the second receiver. */
export function wish (state, command) {
  const role = ROLE_OF[command]
  if (role === 'joint' && state.batch.actKind !== 'SIGN_OUT') return [say('joint_where', 'bad')]
  state.drop()
  state.role = role
  return [say(`${role}_needed`, 'none')]
}

/** A badge was read: an operator's, or that of the second person who is waited for. */
export function badge (state, code) {
  state.cancelling = false
  const { awaits: role, batch } = state
  if (state.operator !== null && code === state.operator.badge) {
    return [role ? say(`${role}_is_operator`, 'bad') : say('already_signed_in', 'none')]
  }
  if (role === 'offered') return offered(state, code)
  if (['receiver', 'joint'].includes(role) && [batch.people.receiver, batch.people.joint].includes(code)) {
    return [say('takes_already', 'bad')]
  }
  if (role === null && batch.items.length && code !== state.owner) {
    return [say('batch_open', 'bad', { items: counted(batch.items.length, 'item') })]
  }
  state.signingIn = { badge: code, role }
  state.question = null
  return [signIn(state, null)]
}

/** Ask the service to sign in whoever's badge was read. */
export function signIn (state, pin) {
  const { badge, role } = state.signingIn
  return { effect: 'sign_in', badge, pin, ...(role && { role }) }
}

/** Who is offered something need not be here: they accept it later, with a sign-in of their own. */
function offered (state, code) {
  state.batch.facts.to = code
  return [say('offered', 'good', { code: shown(code) }), state.heading(), { effect: 'look_up', code }, ...goOn(state)]
}

/** The service accepted a badge and PIN. */
export function signedIn (state, { badge, session, name }) {
  if (state.signingIn === null || badge !== state.signingIn.badge) return []
  const { role } = state.signingIn
  state.signingIn = state.question = null
  if (role === null) {
    state.operator = { badge, session, name }
    state.owner = badge
    return [say('signed_in', 'good', { name }), ...noSecondOfOneself(state, badge)]
  }
  if (state.role === role) state.role = null
  if (role !== 'witness' && state.batch.actKind !== 'SIGN_OUT') return [] // the kind was changed while the PIN was entered
  state.batch.facts[role] = session
  state.batch.people[role] = badge
  return [say(`${role}_signed_in`, 'good', { name }), ...goOn(state)]
}

/** Who takes the operator's place is no longer the witness, the receiver or whom it is offered to. */
function noSecondOfOneself (state, badge) {
  const { batch } = state
  for (const role of Object.keys(batch.people).filter(one => batch.people[one] === badge)) {
    delete batch.people[role]
    delete batch.facts[role]
  }
  if (batch.to !== badge) return []
  delete batch.facts.to
  return [state.heading()]
}

/** It did not: the PIN is asked for, or the badge is let go. */
export function signInRefused (state, event) {
  if (state.signingIn === null || event.badge !== state.signingIn.badge) return []
  const { role } = state.signingIn
  const said = event.code === 'pin_needed' ? [] : [sayThis(event.code, event.sentence, 'bad')]
  if (event.code !== 'pin_needed' && event.code !== 'pin_wrong') {
    state.signingIn = null
    return said
  }
  return [...said, state.ask(role ? `${role}_pin` : 'pin')]
}
