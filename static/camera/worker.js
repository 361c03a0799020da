// Reads pictures with zxing-cpp (wasm, from our own server), outside the page's thread. Only this script may run wasm, and
// only from its own address, /phone/reader.js.
import { prepareZXingModule, readBarcodes } from '/static/build/zxing/reader/index.js'
import { barsLean, leaning } from '/static/camera/tilt.js'

const SYMBOLOGIES = { Code128: 'code_128', QRCode: 'qr_code', DataMatrix: 'data_matrix' }
// Every symbology more misreads noise as codes; labels are never white on black.
const OPTIONS = { tryHarder: true, tryRotate: true, tryInvert: false, tryDownscale: true, maxNumberOfSymbols: 16 }
const ALL = { ...OPTIONS, formats: Object.keys(SYMBOLOGIES) }
const BARS = { ...OPTIONS, formats: ['Code128'], tryRotate: false }

const canvas = new OffscreenCanvas(1, 1)
const pen = canvas.getContext('2d', { willReadFrequently: true })

function drawn (picture, { width, height }, { a = 1, b = 0, c = 0, d = 1, e = 0, f = 0 } = {}) {
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height })
  pen.setTransform(a, b, c, d, e, f)
  pen.drawImage(picture, 0, 0)
  return pen.getImageData(0, 0, width, height)
}

async function symbols (pixels, options, back = point => point) {
  const found = await readBarcodes(pixels, options)
  return found.filter(one => one.isValid).map(({ text, symbology, position: at }) => ({
    text,
    symbology: SYMBOLOGIES[symbology],
    corners: [at.topLeft, at.topRight, at.bottomRight, at.bottomLeft].map(({ x, y }) => back({ x, y }))
  }))
}

/** Straight first; if that reads nothing, once more with the picture turned by what its bars lean, if any do. */
async function read (picture) {
  const { width, height } = picture
  const pixels = drawn(picture, picture)
  const straight = await symbols(pixels, ALL)
  const lean = straight.length ? null : barsLean(pixels)
  if (!lean) return straight
  const turn = leaning(lean, { width, height })
  const turned = drawn(picture, { width, height: Math.min(height, 480) }, turn)
  const there = new DOMMatrix([turn.a, turn.b, turn.c, turn.d, turn.e, turn.f]).inverse()
  return symbols(turned, BARS, point => {
    const { x, y } = there.transformPoint(point)
    return { x, y }
  })
}

function answer (picture) {
  read(picture).then(reads => postMessage({ reads }), () => postMessage({ failed: true })).finally(() => picture.close())
}

const locateFile = name => `/static/build/zxing/${name}`
prepareZXingModule({ overrides: { locateFile }, fireImmediately: true }).then(
  () => {
    addEventListener('message', ({ data }) => answer(data))
    postMessage({ reads: [] }) // ready
  },
  () => postMessage({ failed: true })
)
