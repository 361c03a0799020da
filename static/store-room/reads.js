// What a handheld types, made into codes: whatever the prefixes, endings or missing gaps (as scanner/wedge.py does).
import { CodeRefused, LENGTH, parse } from './codes.js'

// AIM's symbology identifiers, which scanners can be told to send first: ]C0 (Code 128), ]Q3 (QR), ]d1 (Data Matrix).
const AIM = /\][A-Za-z][0-9A-Za-z]/
// The ends of a read, as control characters (GS, RS, EOT) and as text, when a scanner was set up wrongly.
const ENDS = /(?:\\[nrt]|\\x0[da9]|<CR>|<LF>|<TAB>|[\r\n\t\x04\x1d\x1e;,])+/i // eslint-disable-line no-control-regex

/** Every code in what was typed, in order, as {text, code, why}; code is null for what is none of ours. */
export function codesIn (line) {
  const parts = line.split(ENDS).flatMap(piece => piece.split(AIM)).map(part => part.trim()).filter(Boolean)
  return parts.flatMap(split)
}

/** The codes of a line that holds nothing else, or null. */
export function onlyCodes (line) {
  const reads = codesIn(line)
  return reads.length && reads.every(read => read.code) ? reads.map(read => read.code) : null
}

function split (part) {
  const whole = one(part)
  return whole.code ? [whole] : runTogether(part) ?? [whole]
}

function one (text) {
  try {
    return { text, code: parse(text), why: null }
  } catch (refusal) {
    if (!(refusal instanceof CodeRefused)) throw refusal
    return { text, code: null, why: refusal.message }
  }
}

/** Codes without a gap between them, only if every piece is a whole code: half a guess is no read. */
function runTogether (part) {
  const letters = part.replace(/[\s-]/g, '')
  if (!letters || letters.length % LENGTH) return null
  const reads = letters.match(new RegExp(`.{${LENGTH}}`, 'g')).map(one)
  return reads.every(read => read.code) ? reads : null
}
