// What this device has done: each act with the service's sentence on every item, and the exceptions gathered.
import { drawRow, stateOf } from './rows.js'
import { counted, words } from './wording.js'

const MOST_SHOWN = 20 // acts; the register has them all

export class History {
  #acts = new Map()
  #noted = () => {}

  /** onNoted(seq) hears that a rejected act was noted. */
  constructor ({ onNoted }) {
    const find = id => document.getElementById(id)
    Object.assign(this, { done: find('done'), odd: find('odd'), exceptions: find('exceptions') })
    this.#noted = onNoted
  }

  /** An act went into the outbox: its rows stand as kept until the service has answered. */
  sent (kept, rows, where) {
    const section = document.createElement('section')
    section.className = 'act'
    section.append(document.createElement('h2'), Object.assign(document.createElement('ul'), { className: 'rows' }))
    // Where an item was is old news now.
    const moved = rows.map(row => ({ ...row, number: 0, custody: '' }))
    this.#acts.set(kept.body.id, { section, rows: moved, what: [words(kept.body.kind), where].filter(Boolean).join(', ') })
    this.#draw(kept.body.id, moved.map(row => ({ ...row, state: 'kept', sentence: 'it is sent when the service answers.' })), 'Waiting')
    this.done.prepend(section)
    while (this.done.children.length > MOST_SHOWN) this.done.lastElementChild.remove()
  }

  /** The service has answered; a sentence on what is recorded, or null when nothing is. */
  answered (kept, answer) {
    const known = this.#acts.get(kept.body.id)
    const rows = answer.items.map(item => {
      const before = known?.rows.find(row => row.code === item.code) ?? {}
      return { ...before, code: item.code, ref: item.ref ?? before.ref, state: stateOf(item.verdict), sentence: item.sentence }
    })
    const good = rows.filter(row => row.state !== 'refused').length
    if (known) this.#draw(kept.body.id, rows, good === rows.length ? `Recorded ${counted(good, 'item')}` : `Recorded ${good} of ${rows.length}`)
    this.#acts.delete(kept.body.id)
    const odd = rows.filter(row => row.state === 'refused' || row.state === 'odd')
    if (odd.length) this.#except(kept, odd)
    const done = answer.items.filter(item => item.verdict.endsWith('recorded'))
    if (!done.length) return null
    return done.length === 1 ? `${done[0].ref} is recorded.` : `${done.length} items are recorded.`
  }

  #draw (id, rows, title) {
    const { section, what } = this.#acts.get(id)
    section.firstElementChild.textContent = `${title}: ${what}`
    section.lastElementChild.replaceChildren(...rows.map(row => drawRow(row)))
  }

  /** Exceptions stay in sight until somebody has noted them; refused acts stay on the device until then, too. */
  #except (kept, rows) {
    const group = rows.map(row => drawRow(row))
    const note = Object.assign(document.createElement('button'), { type: 'button', className: 'key', textContent: 'Noted' })
    note.setAttribute('aria-label', `Noted: ${rows.map(row => row.ref ?? row.code).join(', ')}`)
    note.addEventListener('click', () => {
      group.forEach(li => li.remove())
      this.#count()
      this.#noted(kept.seq)
    })
    group.at(-1).append(note)
    this.exceptions.prepend(...group)
    this.#count()
  }

  #count () {
    const number = this.exceptions.children.length
    this.odd.hidden = number === 0
    document.getElementById('odd-title').textContent = `Exceptions: ${number}`
  }
}
