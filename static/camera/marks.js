// Outlines over the camera's picture: what was read is told by line, sign and word, never by colour alone.

const LOOKS = {
  new: { colour: '#fff', dash: [6, 6], word: '' },
  told: { colour: '#4fd694', dash: [], word: '✓' },
  again: { colour: '#4fd694', dash: [10, 6], word: '✓ Already read' },
  foreign: { colour: '#ffcf40', dash: [3, 5], word: '! Not ours' }
}
const INK = 'rgb(0 0 0 / 0.75)'

export class Marks {
  #pen

  constructor (canvas, video) {
    Object.assign(this, { canvas, video })
    this.#pen = canvas.getContext('2d')
  }

  /** Draw what stands in the picture: {corners, code, state} each, with corners in the video's pixels. */
  draw (seen) {
    const { clientWidth: width, clientHeight: height } = this.canvas
    const sharp = Math.min(devicePixelRatio, 2)
    Object.assign(this.canvas, { width: width * sharp, height: height * sharp })
    // The video fills its box and is cut at the sides (object-fit: cover).
    const scale = Math.max(width / this.video.videoWidth, height / this.video.videoHeight)
    const [left, top] = [(width - this.video.videoWidth * scale) / 2, (height - this.video.videoHeight * scale) / 2]
    this.#pen.scale(sharp, sharp)
    for (const one of seen) {
      const look = LOOKS[one.state === 'new' || one.code ? one.state : 'foreign']
      this.#outline(one.corners.map(({ x, y }) => ({ x: left + x * scale, y: top + y * scale })), look)
    }
  }

  clear () {
    this.canvas.width = this.canvas.width // eslint-disable-line no-self-assign
  }

  #outline (corners, { colour, dash, word }) {
    const pen = this.#pen
    pen.beginPath()
    corners.forEach(({ x, y }) => pen.lineTo(x, y))
    pen.closePath()
    for (const [style, width] of [[INK, 7], [colour, 4]]) {
      Object.assign(pen, { strokeStyle: style, lineWidth: width, lineJoin: 'round' })
      pen.setLineDash(style === INK ? [] : dash)
      pen.stroke()
    }
    if (word) this.#label(corners, word, colour)
  }

  #label (corners, word, colour) {
    const pen = this.#pen
    pen.font = '700 18px system-ui, sans-serif'
    const x = Math.max(4, Math.min(...corners.map(corner => corner.x)))
    const y = Math.max(26, Math.min(...corners.map(corner => corner.y)) - 8)
    pen.fillStyle = INK
    pen.fillRect(x - 4, y - 20, pen.measureText(word).width + 8, 26)
    pen.fillStyle = colour
    pen.fillText(word, x, y)
  }
}
