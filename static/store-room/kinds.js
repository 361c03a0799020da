// What each kind of act needs besides its items: the same table as scanner/kinds.py, compared by a test.

const kind = ({ needs = [], target = 'place', each = [], may = [], stays = false }) => Object.freeze({ needs, target, each, may, stays })

export const DEFAULT_KIND = 'MOVE'
export const KINDS = Object.freeze({
  BOOK_IN: kind({ needs: ['to'], stays: true }),
  MOVE: kind({ needs: ['to'], stays: true }),
  SIGN_OUT: kind({ needs: ['receiver', 'purpose', 'due_back'], target: '' }),
  SIGN_IN: kind({ needs: ['to'], stays: true }),
  SUBMIT: kind({ needs: ['to', 'submission', 'authority'] }),
  SIGHTING: kind({ stays: true }),
  OFFER: kind({ needs: ['to'], target: 'person' }),
  ACCEPT: kind({ target: '' }),
  REJECT: kind({ needs: ['reject_reason'], target: '' }),
  SEAL: kind({ target: '', each: ['new_seal'] }),
  OPEN: kind({ needs: ['open_reason'], target: '' }),
  VIEW: kind({ needs: ['present', 'opened'], target: '' }),
  PUT_IN: kind({ needs: ['to'], target: 'box', stays: true }),
  TAKE_OUT: kind({ target: '' }),
  COLLECT: kind({ needs: ['to'] }),
  RECEIVE: kind({ needs: ['to'], stays: true }),
  LAB_RECEIPT: kind({ needs: ['to'], each: ['lab_number'], stays: true }),
  LAB_RETURN: kind({ needs: ['to'], may: ['lab_seal'], stays: true }),
  TO_COURT: kind({ needs: ['to'], may: ['court_number'], stays: true }),
  FROM_COURT: kind({ needs: ['to'], stays: true }),
  UNACCOUNTED: kind({ needs: ['search'], target: '' }),
  FOUND: kind({ needs: ['to'], stays: true })
})

// A number of the register’s own submissions, as the form has it: who authorised that is on record and not asked for.
export const OWN_SUBMISSION = /^\s*FS[- ]?\d{6,9}\s*$/i

// A verdict with this code is no refusal yet: what it lacks can be given here and now.
export const DEMANDS = Object.freeze({
  witness_needed: 'witness',
  count_needed: 'counted',
  made_safe_needed: 'made_safe_by',
  unsuitable_place: 'place_reason'
})

// What is asked for in its own words and sent under another name.
export const SENT_AS = Object.freeze({
  reject_reason: 'reason',
  open_reason: 'reason',
  place_reason: 'reason',
  search: 'text',
  lab_seal: 'new_seal',
  lab_number: 'number',
  court_number: 'number'
})

// What is said of one item; everything else is said of the act.
export const OF_AN_ITEM = new Set(['seal', 'new_seal', 'lab_seal', 'lab_number', 'court_number', 'counted'])

/** The member of the act or of its item that the answer to `what` is sent as. */
export function fact (what) {
  return SENT_AS[what] ?? what
}

/** Whether the answer is a PIN. */
export function secret (what) {
  return what === 'pin' || Boolean(what?.endsWith('_pin'))
}
