// Finds bars that lean: zxing-cpp reads a Code 128 only within some ten degrees of upright or lying.

const STEP = 2 // every second pixel is enough for bars that can be read at all
const BLOCK = 12 // samples along a block's side
const STRONG = 14 // mean slope of grey, per sample, below which a block is paper or noise
const ONE_WAY = 0.75 // of a block's slopes, how much points one way: bars 0.9 and more, print and QR codes under 0.5
const LEAST = 6 // blocks that lean alike before it is worth a second look
const BINS = 36 // of five degrees each
const UPRIGHT = 7 // degrees that zxing-cpp forgives by itself

/**
 * How the bars in these pixels lean: {angle, x, y} with the angle in degrees, from 0 to 180, of the line across the bars,
 * and the middle of the bars in pixels; null if there are none, or if they stand or lie straight.
 */
export function barsLean ({ data, width, height }) {
  const bins = Array.from({ length: BINS }, () => ({ votes: 0, x: 0, y: 0, sin: 0, cos: 0 }))
  const side = BLOCK * STEP
  for (let top = STEP; top + side < height; top += side) {
    for (let left = STEP; left + side < width; left += side) {
      const twice = blockLean(data, width, left, top)
      if (twice === null) continue
      const turn = (twice + 2 * Math.PI) % (2 * Math.PI)
      const bin = bins[Math.floor(turn / (2 * Math.PI) * BINS) % BINS]
      bin.votes += 1
      bin.x += left + side / 2
      bin.y += top + side / 2
      bin.sin += Math.sin(twice)
      bin.cos += Math.cos(twice)
    }
  }
  return strongest(bins)
}

/** Twice the direction of a block's slopes in radians, or null for a block without bars (its structure tensor). */
function blockLean (data, width, left, top) {
  let xx = 0
  let yy = 0
  let xy = 0
  const down = width * 4 * STEP
  for (let row = 0; row < BLOCK; row += 1) {
    let at = ((top + row * STEP) * width + left) * 4 + 1 // green is nearest to grey
    for (let column = 0; column < BLOCK; column += 1, at += 4 * STEP) {
      const dx = data[at + 4 * STEP] - data[at - 4 * STEP]
      const dy = data[at + down] - data[at - down]
      xx += dx * dx
      yy += dy * dy
      xy += dx * dy
    }
  }
  const all = xx + yy
  if (all < STRONG * STRONG * BLOCK * BLOCK) return null
  return Math.hypot(xx - yy, 2 * xy) < ONE_WAY * all ? null : Math.atan2(2 * xy, xx - yy)
}

function strongest (bins) {
  const around = number => [-1, 0, 1].map(step => bins[(number + step + BINS) % BINS])
  const sum = (number, what) => around(number).reduce((total, bin) => total + bin[what], 0)
  const best = [...bins.keys()].reduce((one, other) => (sum(other, 'votes') > sum(one, 'votes') ? other : one))
  const votes = sum(best, 'votes')
  if (votes < LEAST) return null
  const angle = (Math.atan2(sum(best, 'sin'), sum(best, 'cos')) * 90 / Math.PI + 180) % 180
  const straight = Math.abs((angle + 45) % 90 - 45) <= UPRIGHT
  return straight ? null : { angle, x: sum(best, 'x') / votes, y: sum(best, 'y') / votes }
}

/** The transformation that turns the picture about the bars so that they stand upright, in the middle of a strip. */
export function leaning ({ angle, x, y }, { width, height }) {
  const turn = -angle * Math.PI / 180
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
  const [middle, half] = [width / 2, Math.min(height, 480) / 2]
  return { a: cos, b: sin, c: -sin, d: cos, e: middle - cos * x + sin * y, f: half - sin * x - cos * y }
}
