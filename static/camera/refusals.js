// Why a camera does not work, each as one sentence that says what to do; typing the code is always possible.

const SENTENCES = Object.freeze({
  no_https: 'The camera works only over HTTPS: open this page at its https:// address, or ask an administrator for it.',
  too_old: 'This browser cannot use a camera: update it, or use Chrome, Edge, Firefox or Safari of the last two years.',
  no_rights: 'The camera is not allowed for this page: tap the sign beside the address, allow the camera, and start it again.',
  no_camera: 'No camera was found: connect one and start it again.',
  taken: 'Another program has the camera: close it, a video call perhaps, and start the camera again.',
  lost: 'The camera has stopped: it was unplugged, or another program took it. Start it again.',
  dead: 'The camera sends no pictures: stop it and start it again, or choose the other camera.',
  black: 'The camera sees only black: uncover it, or switch on a light.',
  hidden: 'The camera rests while this page is not in sight.',
  no_reader: 'Codes cannot be read here now: connect to the network, then reload the page.'
})
const BY_NAME = {
  NotAllowedError: 'no_rights',
  SecurityError: 'no_rights',
  NotFoundError: 'no_camera',
  OverconstrainedError: 'no_camera',
  NotReadableError: 'taken',
  AbortError: 'taken'
}

/** The camera cannot be used: `code` for machines, the message for people. */
export class CameraRefused extends Error {
  constructor (code) {
    super(SENTENCES[code])
    this.code = code
  }
}

/** What the browser said to getUserMedia, as a refusal; anything unforeseen stays what it is. */
export function refusalOf (problem) {
  const code = BY_NAME[problem?.name]
  return code ? new CameraRefused(code) : problem
}

/** Why there is no use in asking for a camera here, or null. */
export function refusedBefore ({ secure, media }) {
  if (!secure) return new CameraRefused('no_https')
  return media?.getUserMedia ? null : new CameraRefused('too_old')
}
