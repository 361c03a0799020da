// What reads the symbols in a picture: the browser's own detector where it knows all of ours, else zxing-cpp as wasm.
import { CameraRefused } from './refusals.js'

const READER = '/phone/reader.js' // static/camera/worker.js, at the one address that may run wasm
export const SYMBOLOGIES = Object.freeze(['code_128', 'qr_code', 'data_matrix'])

/** Whether this BarcodeDetector, if there is one, reads every symbology of our labels. */
export async function readsOurs (Detector) {
  if (!Detector?.getSupportedFormats) return false
  const known = new Set(await Detector.getSupportedFormats())
  return SYMBOLOGIES.every(one => known.has(one))
}

/** The better decoder that this browser has. Throws CameraRefused when neither can be had. */
export async function openDecoder ({ Detector = globalThis.BarcodeDetector } = {}) {
  if (await readsOurs(Detector)) return new NativeDecoder(Detector)
  if (!globalThis.OffscreenCanvas) throw new CameraRefused('too_old')
  return WasmDecoder.open()
}

/** The browser's own. */
class NativeDecoder {
  kind = 'native'
  #detector

  constructor (Detector) {
    this.#detector = new Detector({ formats: SYMBOLOGIES })
  }

  /** The symbols in what the video shows now: {text, symbology, corners} with corners in its pixels. */
  async read (video) {
    const found = await this.#detector.detect(video)
    return found.map(({ rawValue, format, cornerPoints }) => ({ text: rawValue, symbology: format, corners: cornerPoints }))
  }

  close () {}
}

/** zxing-cpp in a worker, so that the page never waits for a picture. One picture at a time. */
export class WasmDecoder {
  kind = 'wasm'
  #worker
  #answer = null

  /** Throws CameraRefused when the worker or its wasm cannot be loaded. */
  static async open () {
    const decoder = new WasmDecoder()
    await decoder.#next()
    return decoder
  }

  constructor () {
    this.#worker = new Worker(READER, { type: 'module' })
    this.#worker.addEventListener('message', ({ data }) => (data.failed ? this.#fail() : this.#answer?.resolve(data.reads)))
    this.#worker.addEventListener('error', event => { event.preventDefault(); this.#fail() })
  }

  /** The symbols in what the video (or picture) shows now: {text, symbology, corners} with corners in its pixels. */
  async read (video) {
    const picture = await createImageBitmap(video)
    const reads = this.#next()
    this.#worker.postMessage(picture, [picture])
    return reads
  }

  close () {
    this.#worker.terminate()
    this.#answer?.resolve([])
  }

  #next () {
    return new Promise((resolve, reject) => { this.#answer = { resolve, reject } })
  }

  #fail () {
    this.#answer?.reject(new CameraRefused('no_reader'))
  }
}
