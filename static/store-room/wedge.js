// Catches what a handheld scanner types, wherever the focus is, and keeps it out of every form on the page.
//
// A key is held back for a moment. If the keys that follow come faster than a hand types and make a whole code, they
// were a scan; if not, they are put where the person meant them. Nothing is ever half typed into a form or sends one.
//
// On pages that are worked by hand no key is held back (`hold: false`): a person sees what they type at once, and what a
// scanner typed into a field is taken out of it again when it proves to be a code.
import { LENGTH } from './codes.js'
import { codesIn, onlyCodes } from './reads.js'

const HOLD = 100 // ms a key is held back for the next one
const PAUSE = 300 // ms after which keys no longer belong together
const HAND = 80 // ms between keys on average: no hand types ten letters and digits faster
const MACHINE = 40 // ms: what is no code counts as scanned only when it comes faster than any typing
const AFTER = 500 // ms in which a second ending of a scan is still the scan's
const TEXT_INPUTS = new Set(['text', 'search', 'tel', 'url', 'email', 'password', 'number', 'date', 'time', 'month', 'datetime-local'])
const SIGNS = { Minus: '-', BracketRight: ']', Backslash: '\\', Comma: ',', Semicolon: ';', Space: ' ', NumpadSubtract: '-' }

/**
 * Listen for scans on `target` (a window).
 * onCodes(codes) gets the codes of a scan, onText(text, why) what was scanned and is none of ours: without onText that
 * goes where it would have gone, but never sends a form or presses a button, save where `mayEnd(element)` says that
 * Enter only goes on from there. fallback() names the field for what is typed while no field has the focus.
 */
export class Wedge {
  #keys = []
  #held = 0 // how many of the last keys are held back
  #flushed = [] // what was put into a field before it proved to be a scan
  #timer = null
  #ended = -Infinity
  #inserting = false
  #listening = new AbortController()

  constructor ({ target = window, onCodes, onText = null, fallback = () => null, hold = true, mayEnd = () => false }) {
    Object.assign(this, { target, onCodes, onText, fallback, hold, mayEnd })
    const { signal } = this.#listening
    target.addEventListener('keydown', event => this.#keydown(event), { capture: true, signal })
    target.addEventListener('beforeinput', event => this.#beforeInput(event), { capture: true, signal })
  }

  /** Listen no more. */
  end () {
    this.#letGo()
    this.#listening.abort()
  }

  #keydown (event) {
    if (event.isComposing || !event.isTrusted) return
    if (event.key === 'Enter' || event.key === 'Tab') return this.#end(event)
    const shortcut = (event.ctrlKey || event.metaKey || event.altKey) && !event.getModifierState('AltGraph')
    if (shortcut) return this.#shortcut(event)
    if (['Shift', 'CapsLock', 'NumLock', 'AltGraph', 'Control', 'Alt'].includes(event.key)) return
    const key = { typed: event.key.length === 1 ? event.key : '', struck: struck(event.code), at: event.timeStamp }
    if ((!key.typed && !key.struck) || event.repeat) return this.#letGo()
    if (event.timeStamp - (this.#keys.at(-1)?.at ?? -Infinity) > PAUSE) this.#letGo()
    if (event.key === ' ' && !this.#keys.length && !isText(event.target)) return // a space presses a button
    if (this.hold) {
      stop(event)
      this.#held += 1
    } else if (event.key === ' ' && !isText(event.target)) stop(event)
    this.#keys.push(this.hold ? key : { ...key, before: contentOf(this.target.document.activeElement) })
    this.#wait()
  }

  /** Some scanners end a read with Ctrl+J or Ctrl+M, which would open the browser's own windows. */
  #shortcut (event) {
    if (event.ctrlKey && ['KeyJ', 'KeyM', 'KeyI'].includes(event.code)) this.#end(event)
    else this.#letGo()
  }

  #end (event) {
    if (!this.#keys.length) {
      if (event.timeStamp - this.#ended < AFTER) stop(event)
      return
    }
    if (this.#deliver() || this.#deliverText()) {
      this.#ended = event.timeStamp
      stop(event)
    } else {
      const foreign = this.#keys.length >= 4 && pace(this.#keys) < MACHINE
      this.#letGo()
      if (foreign && event.key === 'Enter' && !this.mayEnd(event.target)) stop(event)
    }
  }

  #wait () {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      if (this.#deliver()) this.#ended = performance.now()
      else this.#flush()
    }, HOLD)
  }

  /** The scan that the last keys make, if they do: from which key on, and its codes. */
  #scan () {
    for (let start = 0; start <= this.#keys.length - LENGTH; start += 1) {
      if (start && this.#keys[start].at - this.#keys[start - 1].at < HAND) continue
      const keys = this.#keys.slice(start)
      if (pace(keys) >= HAND) continue
      const codes = onlyCodes(line(keys, 'struck')) ?? onlyCodes(line(keys, 'typed'))
      if (codes) return { start, codes }
    }
    return null
  }

  #deliver () {
    const scan = this.#scan()
    if (!scan) return false
    this.#takeBack(scan.start)
    this.#forget()
    this.onCodes(scan.codes)
    return true
  }

  #deliverText () {
    if (!this.onText || this.#keys.length < 4 || pace(this.#keys) >= MACHINE) return false
    const text = line(this.#keys, 'typed')
    this.#takeBack(0)
    this.#forget()
    this.onText(text, codesIn(text).find(read => read.why)?.why ?? null)
    return true
  }

  /** What belongs to the scan leaves the field again, and what a hand typed before it stays. */
  #takeBack (start) {
    if (!this.hold) return putBack(this.#keys[start].before)
    const typedBefore = Math.max(0, this.#held - (this.#keys.length - start))
    if (typedBefore) this.#insert(this.#keys.slice(this.#keys.length - this.#held, start))
    const first = this.#flushed.find(flush => flush.from >= start)
    if (!first?.field) return
    first.field.value = first.value
    first.field.dispatchEvent(new InputEvent('input', { bubbles: true }))
    if (first.brought) first.field.blur()
  }

  #letGo () {
    this.#flush()
    this.#forget()
  }

  #flush () {
    clearTimeout(this.#timer)
    if (!this.#held) return
    const from = this.#keys.length - this.#held
    const field = this.#field()
    const brought = field !== this.target.document.activeElement // the focus came with the text
    this.#flushed.push({ from, field: field && 'value' in field ? field : null, value: field?.value, brought })
    this.#insert(this.#keys.slice(from), field)
    this.#held = 0
  }

  #forget () {
    clearTimeout(this.#timer)
    this.#keys = []
    this.#flushed = []
    this.#held = 0
  }

  #field () {
    const active = this.target.document.activeElement
    return isText(active) ? active : this.fallback()
  }

  #insert (keys, field = this.#field()) {
    const text = line(keys, 'typed')
    if (!field || !text) return
    if (field !== this.target.document.activeElement) field.focus({ preventScroll: true })
    this.#inserting = true
    // The one way to type for a person that keeps undo, the selection, maxlength and the input events.
    this.target.document.execCommand('insertText', false, text)
    this.#inserting = false
  }

  /** Android keyboards that scanners pretend to be send a whole code at once, and no keys. */
  #beforeInput (event) {
    if (this.#inserting || !event.inputType.startsWith('insert') || event.inputType === 'insertFromPaste') return
    const codes = (event.data ?? '').length >= LENGTH ? onlyCodes(event.data) : null
    if (!codes) return
    stop(event)
    this.#ended = event.timeStamp
    this.onCodes(codes)
  }
}

/** The character of a key by its place on an American keyboard, which is what most scanners pretend to be. */
function struck (code) {
  return /^(?:Key|Digit|Numpad)([A-Z0-9])$/.exec(code)?.[1] ?? SIGNS[code] ?? ''
}

/** Both readings of the keys: by their place (for a foreign layout) and as the computer understood them. */
function line (keys, reading) {
  return keys.map(key => key[reading]).join('')
}

/** Milliseconds between keys, on average. */
function pace (keys) {
  return keys.length < 2 ? Infinity : (keys.at(-1).at - keys[0].at) / (keys.length - 1)
}

/** What stands in a field before the next key. */
function contentOf (field) {
  return field && 'value' in field && field.localName !== 'button' ? { field, value: field.value } : null
}

function putBack (before) {
  if (!before || before.field.value === before.value) return
  before.field.value = before.value
  for (const kind of ['input', 'change']) before.field.dispatchEvent(new Event(kind, { bubbles: true }))
}

function isText (element) {
  if (!element) return false
  if (element.isContentEditable || element.localName === 'textarea') return true
  return element.localName === 'input' && TEXT_INPUTS.has(element.type)
}

function stop (event) {
  event.preventDefault()
  event.stopImmediatePropagation()
}
