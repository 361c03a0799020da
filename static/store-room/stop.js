// The STOP band: it covers the width of the page and waits until somebody says that they have seen it.

export class Stop {
  #told = new Set() // what was said in this batch is not shouted twice
  #toldBefore = new Set() // nor when the same batch is answered
  #missed = 0

  constructor ({ tones, speech, onSeen }) {
    const find = id => document.getElementById(id)
    Object.assign(this, { tones, speech, onSeen, dialog: find('stop'), list: find('stop-list'), missed: find('stop-missed') })
    find('stop-seen').addEventListener('click', () => this.seen())
    this.dialog.addEventListener('cancel', event => event.preventDefault())
  }

  get open () {
    return this.dialog.open
  }

  /** Say STOP, once for each sentence. */
  say (sentence) {
    if (this.#told.has(sentence) || this.#toldBefore.has(sentence)) return
    this.#told.add(sentence)
    const words = sentence.replace(/^STOP: (.)/, (_, first) => first.toUpperCase()) // the band says STOP already
    this.list.append(Object.assign(document.createElement('li'), { textContent: words }))
    this.tones.play('stop')
    this.speech.say(`STOP. ${words}`)
    if (this.dialog.open) return
    this.dialog.showModal()
    document.getElementById('stop-seen').focus()
  }

  /** Something was scanned while STOP stands: it is not taken, and that is said. */
  miss () {
    this.#missed += 1
    this.missed.textContent = this.#missed === 1
      ? 'One scan since then was not taken: scan it again.'
      : `${this.#missed} scans since then were not taken: scan them again.`
    this.tones.play('stop')
  }

  seen () {
    this.dialog.close()
    this.list.replaceChildren()
    this.missed.textContent = ''
    this.#missed = 0
    this.onSeen()
  }

  /** A new batch: what is wrong in it is said anew. */
  forget () {
    this.#toldBefore = this.#told
    this.#told = new Set()
  }
}
