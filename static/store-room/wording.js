// The sentences of the scan dialogue: word for word those of scanner/wording.py.
import { printed } from './codes.js'

export const ASKED = Object.freeze({
  pin: 'Enter your PIN.',
  receiver_pin: 'The receiver enters their own PIN.',
  purpose: 'Enter what the items are signed out for.',
  due_back: 'Enter when they are due back: a number of days, or a date such as 3/12/2026.',
  submission: 'Scan or enter the submission number.',
  authority: 'Enter who authorised the submission.',
  seal: 'Enter or scan the number on the seal.',
  joint_pin: 'The second receiver enters their own PIN.',
  witness_pin: 'The witness enters their own PIN.',
  new_seal: 'Enter or scan the number on the new seal.',
  lab_seal: "Enter or scan the laboratory's new seal, or CONFIRM if there is none.",
  lab_number: "Enter or scan the laboratory's own number for it.",
  court_number: "Enter or scan the court's number for it, or CONFIRM if there is none.",
  counted: 'Count or weigh it together: enter what it came to.',
  made_safe_by: 'Enter who made it safe.',
  open_reason: 'Enter why they are opened.',
  reject_reason: 'Enter why they are turned down.',
  place_reason: 'Scan another place, or enter why it goes here all the same.',
  present: 'Enter who is present.',
  opened: 'Is the packaging opened? Scan OPEN if so, CONFIRM if not.',
  search: 'Enter where you have looked, and how.'
})

export const SAID = Object.freeze({
  ignored: '{code} again within two seconds: ignored.',
  badge_first: 'Scan your badge first.',
  batch_open: 'A batch with {items} is open: scan CONFIRM or CANCEL before another person signs in.',
  already_signed_in: 'You are signed in.',
  signed_in: '{name} is signed in.',
  receiver_signed_in: '{name} takes the items.',
  receiver_is_operator: 'Items are signed out to somebody else: the receiver scans their own badge.',
  operator_gone: 'Your sign-in has ended: scan your badge to go on.',
  not_here: '{kind} is not done at the scanner.',
  kind: '{kind}.',
  nothing_to_confirm: 'There is nothing to confirm: scan the items first.',
  undone: '{code} was taken back.',
  place_undone: 'The place was taken back.',
  nothing_to_undo: 'There is nothing to take back; what is recorded is corrected by a correction.',
  cancel_again: 'Scan CANCEL again to drop this batch of {items}; any other scan goes on.',
  cancelled: 'The batch was dropped; nothing was recorded.',
  nothing_to_cancel: 'There is nothing to cancel.',
  no_place: '{kind} takes no place: scan items, or CANCEL.',
  place: 'Place {code}.',
  box: 'Box {code}.',
  bound_for: 'Bound for {code}.',
  bound_for_asked: 'Scan the store that they are bound for, if it is known.',
  joined: '{row}: {code}.',
  already_in_batch: '{code} is already in this batch, in row {row}.',
  batch_full: 'A batch holds {items} items: scan CONFIRM, then go on.',
  sealed: 'Seal {seal}.',
  not_a_code: '“{text}” is not one of our codes.',
  answer_length: 'Enter an answer of at most {most} characters.',
  no_date: 'That is no date.',
  yes_or_no: 'Answer yes or no.',
  answered_already: '“{text}” again within two seconds: ignored.',
  noted: '{text}.',
  left_out: 'Left out.',
  demand_left_out: 'Left out: what needs it will be refused.',
  witness_left_out: 'Without a witness: what needs one will be refused.',
  joint_left_out: 'Without a second receiver.',
  of_row: 'Row {row}:',
  to_needed: 'Scan the place.',
  box_needed: 'Scan the box.',
  carrier_needed: 'Scan the carrier.',
  receiver_needed: 'The receiver scans their own badge.',
  takes_already: 'This person takes the items already: the second one scans their own badge.',
  joint_needed: 'The second receiver scans their own badge.',
  joint_signed_in: '{name} takes the items too.',
  joint_is_operator: 'You cannot take what you sign out: the second receiver scans their own badge.',
  joint_where: 'TOGETHER goes with SIGN OUT: scan that first.',
  witness_needed: 'A witness scans their own badge.',
  witness_signed_in: '{name} is the witness.',
  witness_is_operator: 'You cannot witness your own act: the witness scans their own badge.',
  offered_needed: 'Scan the badge of the person whom you offer them to.',
  offered: 'Offered to badge {code}.',
  offered_is_operator: "You cannot offer items to yourself: scan the other person's badge.",
  wish_undone: 'Nobody is waited for any more.',
  queued: 'The service does not answer: {waiting} kept on this device until it does.'
})

/** The sentence of a message with its facts put in. */
export function sentence (message, facts) {
  return SAID[message].replace(/\{(\w+)\}/g, (_, name) => String(facts[name]))
}

/** The code as it is printed. */
export const shown = printed

/** The kind of act as people say it: `BOOK IN`. */
export function words (kind) {
  return kind.replaceAll('_', ' ')
}

/** `1 item`, `2 items`. */
export function counted (number, thing) {
  return number === 1 ? `1 ${thing}` : `${number} ${thing}s`
}

/** The effect that says a message of ours. */
export function say (message, tone, facts = {}) {
  return sayThis(message, sentence(message, facts), tone)
}

/** The effect that says a sentence of the service's. */
export function sayThis (message, said, tone) {
  return { effect: 'say', message, sentence: said, tone }
}

/** How serious a verdict is: `good`, `bad` or `stop`. */
export function tone (item) {
  if (item.verdict === 'refused') return 'stop'
  return item.verdict.endsWith('_with_discrepancy') ? 'bad' : 'good'
}
