// What a printed code is: the same definition as labels/payload.py. A test compares the two over thousands of codes.

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
export const LENGTH = 10
const TYPES = { E: 'item', B: 'box', S: 'place', P: 'person', K: 'command' }
const SEPARATORS = /[- \t\r\n\u00a0\u2010\u2011\u2013\u2014]/g
const LOOK_ALIKES = { O: '0', I: '1', L: '1' }

// Derived from the names (SHA-256), which a page without HTTPS cannot compute: written out, and compared by the test.
export const COMMANDS = Object.freeze({
  CONFIRM: 'KK7RXNXY4V',
  UNDO: 'KE8B48T9NE',
  CANCEL: 'KS4B4VN6T5',
  BOOK_IN: 'KBCKCCHC57',
  MOVE: 'KB8WN0VVPQ',
  SIGN_OUT: 'KFV6AFC7KW',
  SIGN_IN: 'K23KGT6AWR',
  SUBMIT: 'K5VHPQNCBK',
  SIGHTING: 'K30QCNHM0A',
  WITNESS: 'K8QBDRTQST',
  TOGETHER: 'KMPQNSR8AQ',
  OFFER: 'KBV4YNSNQR',
  ACCEPT: 'KJWPX27Z42',
  REJECT: 'K4ABQ8TA08',
  SEAL: 'KTD85J83X1',
  OPEN: 'KFS7EAB8NX',
  VIEW: 'KD0E4WAK5Y',
  PUT_IN: 'KGQMDG5P55',
  TAKE_OUT: 'K9GQ7VM99D',
  COLLECT: 'KHR6RJ1ASP',
  RECEIVE: 'KCKYGKNDWT',
  LAB_RECEIPT: 'KV0S9PN715',
  LAB_RETURN: 'KP57HF3AQ5',
  TO_COURT: 'KNTF9D9PBQ',
  FROM_COURT: 'KWGGXC1A68',
  UNACCOUNTED: 'KN2H1GHQNY',
  FOUND: 'KHBJJAXCD4'
})
const NAMES = new Map(Object.entries(COMMANDS).map(([name, code]) => [code, name]))

/** A text is none of our codes; `code` is for machines, the message is one sentence for people. */
export class CodeRefused extends Error {
  constructor (code, sentence) {
    super(sentence)
    this.code = code
  }
}

/** The tenth character of the code that begins with these nine: a polynomial over GF(32) with the root x. */
export function checkCharacter (firstNine) {
  let total = 0
  for (const letter of firstNine) {
    const doubled = (total ^ ALPHABET.indexOf(letter)) << 1
    total = doubled & 32 ? doubled ^ 0b100101 : doubled
  }
  return ALPHABET[total]
}

/** The canonical ten characters of a code as scanned or typed. Throws CodeRefused. */
export function parse (text) {
  const given = [...text]
  const letters = asTyped(given.slice(0, 8 * LENGTH).join(''))
  if (given.length > 8 * LENGTH || [...letters].length !== LENGTH) {
    throw notACode(text, `a code has ${LENGTH} letters and digits`)
  }
  if ([...letters].some(letter => !ALPHABET.includes(letter))) {
    throw notACode(text, 'a code has only digits and the letters A to Z without I, L, O and U')
  }
  if (!(letters[0] in TYPES)) throw notACode(text, 'a code begins with E, B, S, P or K')
  if (checkCharacter(letters.slice(0, -1)) !== letters.at(-1)) {
    throw new CodeRefused('check_fails', `The code ${printed(letters)} was misread: its check character does not fit. ` +
      'Scan the label again, or type the code exactly as printed.')
  }
  return letters
}

/** The canonical code as it stands on a label: `E-4KT9-22RM-Q`. */
export function printed (code) {
  return `${code[0]}-${code.slice(1, 5)}-${code.slice(5, 9)}-${code[9]}`
}

/** What the canonical code names: item, box, place, person or command. */
export function typeOf (code) {
  return TYPES[code[0]]
}

/** The name of the command that the canonical code stands for. Throws CodeRefused for one of a later version. */
export function commandOf (code) {
  const name = NAMES.get(code)
  if (name === undefined) {
    throw new CodeRefused('unknown_command',
      `${printed(code)} is not a command of this version: print a new command sheet.`)
  }
  return name
}

function asTyped (text) {
  // Only the Latin letters are folded: toUpperCase would make codes of letters from other scripts.
  return text.replace(SEPARATORS, '').replace(/[a-z]/g, letter => letter.toUpperCase())
    .replace(/[OIL]/g, letter => LOOK_ALIKES[letter])
}

function notACode (text, why) {
  const readable = [...text].map(letter => /[\p{C}\p{Z}]/u.test(letter) && letter !== ' ' ? '\ufffd' : letter)
  const shown = readable.length <= 24 ? readable.join('') : `${readable.slice(0, 24).join('')}…`
  return new CodeRefused('not_a_code', `“${shown}” is not one of our codes: ${why}.`)
}
