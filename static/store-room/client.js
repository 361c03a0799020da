// The service as the page sees it: a few questions over HTTP, and a failure that says whether to ask again.

const PATIENCE = 10_000 // ms

/** No answer, or none that can be understood: ask again later. */
export class NoAnswer extends Error {}

/** The service no longer knows this device: keep everything, stop, say so. */
export class DeviceRefused extends Error {}

/** The service said no: `code` for machines, the message for people. Asking the same again would not help. */
export class Refused extends Error {
  constructor ({ code, error }) {
    super(error)
    this.code = code
  }
}

export class Service {
  constructor ({ base = '/api/v1/', now = Date.now } = {}) {
    Object.assign(this, { base, now })
  }

  /** Server minus device in milliseconds, the server's moment being the middle of the round trip. */
  async clockOffset () {
    const before = this.now()
    const said = await this.#ask('GET', 'clock')
    const offset = Date.parse(said.now) - (before + this.now()) / 2
    if (Number.isNaN(offset)) throw new NoAnswer('unexpected answer')
    return Math.round(offset)
  }

  /** The operator's turn: session, name, rank, called, expires_at. Without a PIN only if it is live here already. */
  async signIn (badge, pin) {
    return (await this.#ask('POST', 'operators', pin === null ? { badge } : { badge, pin })).operator
  }

  async endTurn (session) {
    await this.#ask('DELETE', `operators/${session}`)
  }

  /** What a code is: type, state, subject, sentence. */
  async code (code) {
    return this.#ask('GET', `codes/${code}`)
  }

  /** The verdicts that this act would get now, with nothing recorded. */
  async check (body) {
    return this.#answer('acts/check', body)
  }

  /** Record the act; the answer has a verdict for each item. */
  async record (body) {
    return this.#answer('acts', body)
  }

  async #answer (path, body) {
    const said = await this.#ask('POST', path, { acts: [body] })
    const answer = said.acts?.find(one => one.id === body.id)
    const scans = new Set(answer?.items?.map(item => item.scan))
    // An act counts as answered only when each of its scans is: anything less is asked again.
    if (!answer || body.items.some(item => !scans.has(item.scan))) throw new NoAnswer('unexpected answer')
    return answer
  }

  async #ask (method, path, body) {
    let answer, said
    try {
      answer = await fetch(this.base + path, {
        method,
        headers: { 'X-Exhibits-Device': 'page', Accept: 'application/json', ...(body && { 'Content-Type': 'application/json' }) },
        body: body && JSON.stringify(body),
        credentials: 'same-origin',
        cache: 'no-store',
        signal: AbortSignal.timeout(PATIENCE)
      })
      said = await answer.json()
    } catch (problem) {
      throw new NoAnswer(problem.message)
    }
    if (answer.ok && said.ok) return said
    if (answer.status >= 500 || typeof said.error !== 'string') throw new NoAnswer(`status ${answer.status}`)
    if (['device_unknown', 'device_revoked'].includes(said.code)) throw new DeviceRefused(said.error)
    throw new Refused(said)
  }
}
