// Says in words what the band says, for those who do not look. Only with a voice of this device: what is scanned is
// never sent to a stranger to be spoken.

export class Speech {
  on = false
  spoken = [] // the last few, for those who look into why a device is silent

  constructor ({ engine = globalThis.speechSynthesis } = {}) {
    this.engine = engine
  }

  /** A voice that works without a network, English if there is one; null if this device has none. */
  get voice () {
    const own = (this.engine?.getVoices() ?? []).filter(voice => voice.localService)
    return own.find(voice => voice.lang.startsWith('en-GB')) ?? own.find(voice => voice.lang.startsWith('en')) ?? null
  }

  /** Say the sentence at once, instead of what is being said. */
  say (sentence) {
    const { voice } = this
    if (!this.on || !voice || !sentence) return
    this.spoken = [...this.spoken.slice(-19), sentence]
    const words = new SpeechSynthesisUtterance(sentence)
    Object.assign(words, { voice, lang: voice.lang, rate: 1.1 })
    this.engine.cancel()
    this.engine.speak(words)
  }
}
