// Asks for what no scan can say: a PIN on big keys, a purpose, a date, a number. Scans still count while it is open.
import { secret } from './kinds.js'

const LABELS = {
  purpose: 'Purpose',
  due_back: 'Due back',
  submission: 'Submission number',
  authority: 'Authorised by',
  seal: 'Seal number',
  new_seal: 'New seal number',
  lab_seal: 'New seal number',
  lab_number: 'Laboratory’s number',
  court_number: 'Court’s number',
  counted: 'What it came to',
  made_safe_by: 'Made safe by',
  open_reason: 'Reason',
  reject_reason: 'Reason',
  place_reason: 'Reason',
  present: 'Present',
  opened: 'Opened',
  search: 'Where you have looked'
}
const CHOICES = {
  purpose: ['Court', 'Interview', 'Viewing', 'Copying'],
  due_back: [['1', 'In 1 day'], ['7', 'In 7 days'], ['28', 'In 28 days']],
  open_reason: ['Examination', 'Viewing', 'Counting', 'Repacking'],
  reject_reason: ['Not what was agreed', 'Damaged', 'Seal in doubt', 'Withdrawn'],
  opened: [['yes', 'Yes, opened'], ['no', 'No']]
}

export class Questions {
  /** onAnswer(text) hears what was entered, onLeave() that the question was left. */
  constructor ({ onAnswer, onLeave }) {
    const find = id => document.getElementById(id)
    Object.assign(this, { onAnswer, onLeave, dialog: find('question'), input: find('answer'), title: find('question-title') })
    Object.assign(this, { error: find('question-error'), pad: find('pad'), choices: find('choices'), label: find('answer-label') })
    find('answer-form').addEventListener('submit', event => {
      event.preventDefault()
      const text = this.input.value
      if (this.#secret) this.input.value = ''
      this.onAnswer(text)
    })
    find('question-leave').addEventListener('click', () => this.#leave())
    find('pad-clear').addEventListener('click', () => { this.input.value = '' })
    find('pad-back').addEventListener('click', () => { this.input.value = this.input.value.slice(0, -1) })
    this.pad.addEventListener('click', event => { this.input.value += event.target.dataset.digit ?? '' })
    this.dialog.addEventListener('cancel', event => {
      event.preventDefault()
      this.#leave()
    })
  }

  get open () {
    return this.dialog.open
  }

  #secret = false

  /** Ask for `what`, one of the dialogue's questions. */
  ask (what, sentence) {
    this.#secret = secret(what)
    this.title.textContent = sentence
    this.label.textContent = LABELS[what] ?? 'PIN'
    this.input.type = this.#secret ? 'password' : 'text'
    this.input.inputMode = this.#secret ? 'none' : 'text' // the big keys are the keyboard
    this.input.maxLength = this.#secret ? 8 : 500
    this.pad.hidden = !this.#secret
    this.#offer(CHOICES[what] ?? [])
    this.input.value = ''
    if (!this.dialog.open) this.dialog.showModal()
    this.input.focus()
  }

  /** Say what was wrong with the answer, beside the field. */
  complain (sentence) {
    this.error.textContent = sentence
  }

  close () {
    this.error.textContent = ''
    if (this.dialog.open) this.dialog.close()
  }

  #leave () {
    this.close()
    this.onLeave()
  }

  #offer (choices) {
    this.choices.replaceChildren(...choices.map(choice => {
      const [value, words] = Array.isArray(choice) ? choice : [choice, choice]
      const button = Object.assign(document.createElement('button'), { type: 'button', className: 'key', textContent: words })
      button.addEventListener('click', () => this.onAnswer(value))
      return button
    }))
  }
}
