// Three tones that nobody mixes up: done is short and high, attention is two notes, STOP is long, low and rough.

const TONES = Object.freeze({
  good: { shape: 'sine', notes: [[1046, 0, 0.09]], loud: 0.25 },
  bad: { shape: 'triangle', notes: [[587, 0, 0.14], [440, 0.18, 0.2]], loud: 0.4 },
  stop: { shape: 'sawtooth', notes: [[165, 0, 0.28], [165, 0.34, 0.28], [131, 0.68, 0.5]], loud: 0.5 }
})

// The same three for the hand that holds a phone, in milliseconds of shaking and of rest.
const SHAKES = Object.freeze({ good: [50], bad: [90, 70, 90], stop: [350, 120, 350, 120, 500] })

export class Tones {
  #context = null

  constructor ({ on = true } = {}) {
    this.on = on
    this.shakes = true
    this.played = [] // the last few, for those who look into why a device is silent
  }

  /** Play `good`, `bad` or `stop`; anything else is silence. */
  play (tone) {
    if (!(tone in TONES)) return
    this.played = [...this.played.slice(-19), tone]
    // Browsers refuse, loudly, before somebody has touched the page.
    if (this.shakes && navigator.userActivation?.hasBeenActive) navigator.vibrate?.(SHAKES[tone])
    if (!this.on) return
    this.#context ??= new AudioContext()
    // A browser keeps pages silent until somebody has pressed a key, and a scan is a key.
    if (this.#context.state === 'suspended') this.#context.resume()
    for (const [pitch, after, length] of TONES[tone].notes) this.#note(TONES[tone], pitch, after, length)
  }

  #note ({ shape, loud }, pitch, after, length) {
    const start = this.#context.currentTime + after
    const sound = new OscillatorNode(this.#context, { type: shape, frequency: pitch })
    const volume = new GainNode(this.#context, { gain: 0 })
    volume.gain.setValueAtTime(0, start)
    volume.gain.linearRampToValueAtTime(loud, start + 0.01)
    volume.gain.setValueAtTime(loud, start + length - 0.02)
    volume.gain.linearRampToValueAtTime(0, start + length)
    sound.connect(volume).connect(this.#context.destination)
    sound.start(start)
    sound.stop(start + length)
  }
}
