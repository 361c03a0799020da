// The rows of items: those of the open batch, newest on top, those that are done, and the exceptions.
import { printed } from './codes.js'
import { counted } from './wording.js'

// For each state of a row: its icon (and colour), and its word, so that no state is told by colour alone.
const STATES = {
  new: ['wait', ''],
  checking: ['wait', 'Checking.'],
  ready: ['good', 'Will be recorded:'],
  odd: ['bad', 'Discrepancy:'],
  lacks: ['bad', 'Needed:'],
  refused: ['stop', 'Refused:'],
  unchecked: ['kept', 'Not checked: no network.'],
  kept: ['kept', 'Kept on this device:'],
  recorded: ['good', 'Recorded:']
}
const BY_VERDICT = {
  would_record: 'ready',
  would_record_with_discrepancy: 'odd',
  recorded: 'recorded',
  already_recorded: 'recorded',
  recorded_with_discrepancy: 'odd',
  refused: 'refused'
}

/** The state that a verdict puts a row into. */
export function stateOf (verdict) {
  return BY_VERDICT[verdict] ?? 'odd'
}

/** Draw a row as an <li>, anew or into `old`. */
export function drawRow (row, old = null) {
  const li = old ?? document.getElementById('row').content.firstElementChild.cloneNode(true)
  const [icon, word] = STATES[row.state]
  const put = (name, text) => { li.querySelector(name).textContent = text }
  li.dataset.state = row.state
  if (row.number) li.value = row.number
  li.querySelector('use').setAttribute('href', `#icon-${icon}`)
  put('.row__ref', [row.number && `${row.number}.`, row.ref].filter(Boolean).join(' '))
  put('.row__code', printed(row.code))
  put('.row__what', [row.what, row.custody, ...answers(row)].filter(Boolean).join(' · '))
  put('.row__state', word)
  put('.row__said', row.sentence ?? '')
  return li
}

/** What was said of the item at the scanner. */
function answers ({ seal, new_seal: newSeal, item_number: theirs, counted }) {
  const said = { 'Seal read': seal, 'New seal': newSeal, 'Their number': theirs, Counted: counted }
  return Object.entries(said).filter(([, value]) => value).map(([name, value]) => `${name}: ${value}`)
}

/** What people call an item, a box, a place or a person. */
export function called (subject) {
  return subject?.ref ?? subject?.called ?? subject?.name
}

/** What helps to recognise an item. */
export function about (subject) {
  if (subject?.items !== undefined) return `Box with ${counted(subject.items, 'item')}`
  return subject ? [subject.description, subject.case].filter(Boolean).join(' · ') : ''
}

/** Where the record has an item, and under which seal. */
export function custody (subject) {
  return subject ? [subject.custody ?? subject.place, subject.seal && `seal ${subject.seal}`].filter(Boolean).join(' · ') : ''
}

/** The rows of the open batch. */
export class Rows {
  #rows = new Map()
  #drawn = new Map()

  constructor ({ list, empty }) {
    Object.assign(this, { list, empty })
  }

  get all () {
    return [...this.#rows.values()]
  }

  get (code) {
    return this.#rows.get(code)
  }

  /** Add a row on top, or change the one that is there. */
  set (code, facts) {
    const row = { state: 'new', ...this.#rows.get(code), ...facts, code }
    const li = drawRow(row, this.#drawn.get(code))
    if (!this.#rows.has(code)) this.list.prepend(li)
    this.#rows.set(code, row)
    this.#drawn.set(code, li)
    this.empty.hidden = true
  }

  /** The items of a batch that was left open. */
  resume (items) {
    items.forEach(({ code, seal, new_seal: newSeal, number, counted }, at) => this.set(code, {
      number: at + 1, seal, new_seal: newSeal, item_number: number, counted, state: 'unchecked'
    }))
  }

  /** Change a row if it is still there: answers come late. */
  change (code, facts) {
    if (this.#rows.has(code)) this.set(code, facts)
  }

  remove (code) {
    this.#drawn.get(code)?.remove()
    this.#rows.delete(code)
    this.#drawn.delete(code)
    this.empty.hidden = this.#rows.size > 0
  }

  clear () {
    for (const code of [...this.#rows.keys()]) this.remove(code)
  }
}
