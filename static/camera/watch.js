// Looks at a running video, picture by picture, and tells what counts, what is in sight, and when there is nothing to see.
import { Agreement } from './agreement.js'
import { CameraRefused } from './refusals.js'

const PACE = 70 // ms from one picture to the next at least: faster only warms the phone
const STALLED = 4000 // ms without a new picture
const BLACK = 1500 // ms of black pictures: a cover, a pocket, a bag
const LOOK_FOR_BLACK = 250 // ms
const DARKEST = 28 // the brightest of black pictures, from 0 to 255: a covered sensor still makes noise
const MISSES = 20 // pictures in a row that could not be read at all
const SMALL = { width: 32, height: 18 }

export class Watch {
  #watching = false
  #agreement = new Agreement()
  #pen = Object.assign(document.createElement('canvas'), SMALL).getContext('2d', { willReadFrequently: true })
  #lit = 0
  #looked = 0
  #missed = 0

  /**
   * onSeen(reads) hears of every picture, onTold(reads) of those that count from now on, in reading order; onTrouble(refusal)
   * of pictures that do not come, are black or cannot be read, and with null when they are back.
   */
  constructor ({ video, decoder, onSeen, onTold, onTrouble }) {
    Object.assign(this, { video, decoder, onSeen, onTold, onTrouble, pictures: 0 })
  }

  /** Look until stop() is called. */
  async start () {
    this.#watching = true
    this.#lit = performance.now()
    while (this.#watching) {
      const began = performance.now()
      await this.#look()
      await after(PACE - (performance.now() - began))
    }
  }

  stop () {
    this.#watching = false
  }

  async #look () {
    const came = await nextPicture(this.video)
    if (!this.#watching) return
    if (!came) return this.#trouble('dead')
    let reads
    try {
      reads = await this.decoder.read(this.video)
    } catch (problem) {
      if (!(problem instanceof DOMException)) throw problem
      this.#missed += 1
      if (this.#missed >= MISSES) throw new CameraRefused('no_reader')
      return // the picture went while it was taken: the next one will do
    }
    this.#missed = 0
    if (!this.#watching) return
    this.pictures += 1
    this.#trouble(this.#black() ? 'black' : null)
    const seen = this.#agreement.see(reads, performance.now() / 1000)
    this.onSeen(seen)
    const told = seen.filter(read => read.state === 'told')
    if (told.length) this.onTold(told)
  }

  #black () {
    const now = performance.now()
    if (now - this.#looked >= LOOK_FOR_BLACK) {
      this.#looked = now
      this.#pen.drawImage(this.video, 0, 0, SMALL.width, SMALL.height)
      const { data } = this.#pen.getImageData(0, 0, SMALL.width, SMALL.height)
      if (data.some((value, index) => index % 4 < 3 && value > DARKEST)) this.#lit = now
    }
    return now - this.#lit > BLACK
  }

  #trouble (code) {
    if (code === (this.troubled ?? null)) return
    this.troubled = code
    this.onTrouble(code && new CameraRefused(code))
  }
}

/** Resolves at the video's next picture: true, or false when none comes. */
function nextPicture (video) {
  return new Promise(resolve => {
    const timer = setTimeout(() => resolve(false), STALLED)
    const came = () => { clearTimeout(timer); resolve(video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) }
    if (video.requestVideoFrameCallback) video.requestVideoFrameCallback(came)
    else requestAnimationFrame(came)
  })
}

function after (milliseconds) {
  return new Promise(resolve => { setTimeout(resolve, Math.max(0, milliseconds)) })
}
