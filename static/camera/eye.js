// The camera as a part of a page: what it sees with a target, what was read outlined, its buttons, and why it does not work.
import { openCamera } from './camera.js'
import { openDecoder } from './decoder.js'
import { Marks } from './marks.js'
import { CameraRefused } from './refusals.js'
import { Watch } from './watch.js'

const KEPT = 'camera-device'

export class Eye {
  #camera = null
  #watch = null
  #decoder = null
  #wakeLock = null
  #resting = false // the page went out of sight while the camera was on
  #starts = 0 // counts starts and stops: a camera that opens after stop() is let go

  /** `root` holds the markup of parts/camera.html. onTold(reads) gets what counts from now on, in reading order. */
  constructor (root, { onTold }) {
    Object.assign(this, { root, onTold, video: root.querySelector('video') })
    this.marks = new Marks(root.querySelector('canvas'), this.video)
    this.#press('start', () => this.start())
    this.#press('stop', () => this.stop())
    this.#press('torch', async button => button.setAttribute('aria-pressed', String(await this.#camera.switchTorch())))
    this.#press('zoom', async button => { button.textContent = `Zoom ${await this.#camera.nextZoom()}×` })
    this.#press('other', () => this.#other())
    document.addEventListener('visibilitychange', () => this.#sight())
  }

  get on () {
    return this.#camera !== null
  }

  /** Open the camera and read until stop(). Whatever is in the way is said on the page. */
  async start (deviceId = localStorage.getItem(KEPT)) {
    if (this.on || this.root.dataset.state === 'starting') return
    const start = this.#starts += 1
    this.#state('starting')
    this.#say(null)
    try {
      const camera = await openCamera({ deviceId })
      if (start === this.#starts) await this.show(camera)
      else camera.close()
    } catch (problem) {
      this.#failed(problem)
    }
  }

  /** Show and read an open camera. */
  async show (camera) {
    this.#camera = camera
    this.#decoder ??= await openDecoder()
    if (this.#camera !== camera) return // stopped meanwhile
    this.root.dataset.decoder = this.#decoder.kind
    camera.track.addEventListener('ended', () => { this.stop(); this.#say(new CameraRefused('lost')) })
    this.video.srcObject = camera.stream
    await this.video.play()
    await this.#buttons()
    this.#state('on')
    this.#keepAwake()
    this.#watch = new Watch({
      video: this.video,
      decoder: this.#decoder,
      onSeen: seen => this.marks.draw(seen),
      onTold: told => this.onTold(told),
      onTrouble: refusal => this.#say(refusal)
    })
    this.#watch.start().catch(problem => this.#failed(problem))
  }

  #failed (problem) {
    this.stop()
    if (!(problem instanceof CameraRefused)) throw problem
    this.#say(problem)
  }

  stop () {
    this.#starts += 1
    this.#watch?.stop()
    this.#camera?.close()
    this.#watch = this.#camera = this.video.srcObject = null
    this.#wakeLock?.release()
    this.#wakeLock = null
    this.marks.clear()
    this.#state('off')
  }

  /** How many pictures were looked at since the camera was started. */
  get pictures () {
    return this.#watch?.pictures ?? 0
  }

  async #other () {
    const next = await this.#camera.other()
    if (!next) return
    localStorage.setItem(KEPT, next)
    this.stop()
    await this.start(next)
  }

  /** A page that is not in sight gives the camera back, and takes it again when it is. */
  #sight () {
    if (document.hidden && this.on) {
      this.stop()
      this.#resting = true
      this.#say(new CameraRefused('hidden'))
    } else if (!document.hidden && this.#resting) {
      this.#resting = false
      this.start()
    }
  }

  async #buttons () {
    const { hasTorch, zooms } = this.#camera
    this.#key('torch').hidden = !hasTorch
    this.#key('torch').setAttribute('aria-pressed', 'false')
    this.#key('zoom').hidden = zooms.length < 2
    this.#key('zoom').textContent = 'Zoom 1×'
    this.#key('other').hidden = await this.#camera.other() === null
  }

  async #keepAwake () {
    try {
      this.#wakeLock = await navigator.wakeLock?.request('screen') ?? null
    } catch (problem) {
      if (!(problem instanceof DOMException)) throw problem // a phone that saves power may refuse: it only gets dark
    }
  }

  #state (state) {
    this.root.dataset.state = state
    this.#key('start').disabled = state === 'starting'
  }

  #say (refusal) {
    const line = this.root.querySelector('[data-eye-trouble]')
    line.textContent = refusal ? refusal.message : ''
    this.root.dataset.trouble = refusal?.code ?? ''
  }

  #key (name) {
    return this.root.querySelector(`[data-eye="${name}"]`)
  }

  #press (name, action) {
    this.#key(name).addEventListener('click', event => action(event.currentTarget))
  }
}
