// One open camera: the picture size and focus that labels need, the torch, the zoom, and the other cameras there are.
import { refusalOf, refusedBefore } from './refusals.js'

const SIZE = { width: { ideal: 1280 }, height: { ideal: 720 } }
const ZOOMS = [1, 2, 3] // times the widest view: more only makes the hand shake
const LIKED = { focusMode: 'continuous', exposureMode: 'continuous', whiteBalanceMode: 'continuous' }

/**
 * Open a camera: the one with `deviceId`, else the one that looks away from the person. Throws CameraRefused.
 * Browsers ask the person here, so call it only after a press that says what for.
 */
export async function openCamera ({ deviceId = null, secure = isSecureContext, media = navigator.mediaDevices } = {}) {
  const refused = refusedBefore({ secure, media })
  if (refused) throw refused
  const which = deviceId ? { deviceId: { exact: deviceId } } : { facingMode: { ideal: 'environment' } }
  try {
    return new Camera(await media.getUserMedia({ audio: false, video: { ...SIZE, ...which } }), media)
  } catch (problem) {
    if (deviceId && problem.name === 'OverconstrainedError') return openCamera({ secure, media }) // it was unplugged
    throw refusalOf(problem)
  }
}

export class Camera {
  #zoom = 0
  #wishes = {}

  constructor (stream, media = navigator.mediaDevices) {
    Object.assign(this, { stream, media, track: stream.getVideoTracks()[0], torch: false })
    this.can = this.track.getCapabilities?.() ?? {}
    const hints = Object.entries(LIKED).filter(([name, value]) => this.can[name]?.includes(value))
    if (hints.length) this.#apply(Object.fromEntries(hints))
  }

  get id () {
    return this.track.getSettings().deviceId ?? null
  }

  get name () {
    return this.track.label
  }

  get hasTorch () {
    return Boolean(this.can.torch)
  }

  /** The zooms that this camera has, as its own numbers; fewer than two means none. */
  get zooms () {
    const { min, max } = this.can.zoom ?? {}
    return min ? ZOOMS.map(times => times * min).filter(zoom => zoom <= max) : []
  }

  /** Switch the torch over; whether it is on now. */
  async switchTorch () {
    if (await this.#apply({ torch: !this.torch })) this.torch = !this.torch
    return this.torch
  }

  /** The next zoom, and the widest view after the last; how many times it is. */
  async nextZoom () {
    const next = (this.#zoom + 1) % this.zooms.length
    if (await this.#apply({ zoom: this.zooms[next] })) this.#zoom = next
    return ZOOMS[this.#zoom]
  }

  /** The id of the camera after this one, or null if there is no other. */
  async other () {
    const all = (await this.media.enumerateDevices()).filter(one => one.kind === 'videoinput')
    const here = all.findIndex(one => one.deviceId === this.id)
    return all.length > 1 ? all[(here + 1) % all.length].deviceId : null
  }

  close () {
    for (const track of this.stream.getTracks()) track.stop()
  }

  /** Ask for something that cameras may refuse at any time; whether it was done. */
  async #apply (wish) {
    const wishes = { ...this.#wishes, ...wish } // all in one set: a later wish would undo an earlier one that it leaves out
    try {
      await this.track.applyConstraints({ ...SIZE, advanced: [wishes] })
      this.#wishes = wishes
      return true
    } catch (problem) {
      if (problem instanceof DOMException) return false
      if (problem.name === 'OverconstrainedError') return false
      throw problem
    }
  }
}
