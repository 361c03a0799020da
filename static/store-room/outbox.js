// Acts that wait for the service, kept in IndexedDB: neither a dead network nor a reload nor a crash loses a scan.
//
// An act is queued until the service has answered each of its items. Then it is gone from here, or `rejected` if an item
// was refused, and stays in sight until somebody has noted it. Nothing is dropped for being tried too often.
import { actBody, uuid7 } from './acts.js'

const VERSION = 2
const OPEN = 'batch'

/** The device cannot keep anything: the disk is full, or the browser forbids it. */
export class OutboxUnusable extends Error {}

/** Open this device's outbox. Throws OutboxUnusable. */
export async function openOutbox (name = 'exhibits-store-room') {
  const request = indexedDB.open(name, VERSION)
  request.onupgradeneeded = ({ oldVersion }) => {
    if (oldVersion < 1) {
      // The key is the device's sequence number: IndexedDB never gives one out twice, even after a deletion.
      request.result.createObjectStore('acts', { keyPath: 'seq', autoIncrement: true }).createIndex('state', 'state')
      request.result.createObjectStore('turns', { keyPath: 'badge' })
    }
    request.result.createObjectStore('open')
  }
  const database = await settled(request)
  database.onversionchange = () => database.close() // a later version of this page, in another tab, needs it alone
  return new Outbox(database)
}

export class Outbox {
  #database

  constructor (database) {
    this.#database = database
  }

  /**
   * Keep the open batch (null: there is none any more) and the acts that were sent from it, all or nothing; they are on
   * the disk when this is done. Gives the acts as they are kept, each the next of the device's sequence. Throws OutboxUnusable.
   */
  async step (open, drafts, { offsetMs, newId = () => uuid7(Date.now()) }) {
    return this.#change(['acts', 'open'], async (acts, opened) => {
      const kept = []
      for (const draft of drafts) {
        const seq = await settled(acts.add({ state: 'queued' }))
        kept.push({ seq, state: 'queued', body: actBody(draft, { seq, offsetMs, newId }), answer: null })
        await settled(acts.put(kept.at(-1)))
      }
      await settled(open ? opened.put(open, OPEN) : opened.delete(OPEN))
      return kept
    })
  }

  /** The batch that was open at the last step, or null. */
  async open () {
    return (await settled(this.#database.transaction('open').objectStore('open').get(OPEN))) ?? null
  }

  /** Write the clock offset into acts kept before it could be measured: none of them has been sent yet. */
  async fillOffset (offsetMs) {
    const queued = await this.#inState('queued')
    const open = queued.filter(kept => kept.body.clock_offset_ms === null)
    if (!open.length) return
    await this.#change('acts', async acts => {
      for (const kept of open) {
        await settled(acts.put({ ...kept, body: { ...kept.body, clock_offset_ms: offsetMs } }))
      }
    })
  }

  /** The queued act that is first in the device's order, or null. */
  async oldest () {
    return (await this.#inState('queued', 1))[0] ?? null
  }

  /** Every act of which the service refused an item, with its answer. */
  async rejected () {
    return this.#inState('rejected')
  }

  /** The service has answered every item of this act. */
  async answered (kept, answer) {
    const refused = answer.items.some(item => item.verdict === 'refused')
    await this.#change('acts', acts => settled(
      refused ? acts.put({ ...kept, state: 'rejected', answer }) : acts.delete(kept.seq)))
  }

  /** Somebody has noted a rejected act. */
  async noted (seq) {
    await this.#change('acts', acts => settled(acts.delete(seq)))
  }

  /** How many acts and scans wait, and how many acts were rejected. */
  async counts () {
    const queued = await this.#inState('queued')
    const rejected = await this.#inState('rejected')
    return { acts: queued.length, scans: queued.reduce((sum, kept) => sum + kept.body.items.length, 0), rejected: rejected.length }
  }

  /** Remember a person's turn at this device: {badge, session, name, until, usedAt, locked}; times in ms since 1970. */
  async rememberTurn (turn) {
    await this.#change('turns', turns => settled(turns.put(turn)))
  }

  /** The turn of this badge, or null. */
  async turn (badge) {
    const turns = this.#database.transaction('turns').objectStore('turns')
    return (await settled(turns.get(badge))) ?? null
  }

  async #inState (state, most) {
    const acts = this.#database.transaction('acts').objectStore('acts')
    return settled(acts.index('state').getAll(state, most))
  }

  async #change (names, work) {
    const stores = [names].flat()
    try {
      const change = this.#database.transaction(stores, 'readwrite', { durability: 'strict' })
      const done = finished(change)
      // An error of the transaction is the one to report; without this the browser would also log it as unhandled.
      done.catch(() => null)
      const result = await work(...stores.map(name => change.objectStore(name)))
      await done
      return result
    } catch (problem) {
      throw problem instanceof OutboxUnusable ? problem : new OutboxUnusable(reason(problem))
    }
  }
}

/** Browsers give this error without any words. */
function reason (problem) {
  return problem?.name === 'QuotaExceededError' ? 'its storage is full' : problem?.message || String(problem)
}

function settled (request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(new OutboxUnusable(reason(request.error)))
  })
}

function finished (change) {
  return new Promise((resolve, reject) => {
    change.oncomplete = () => resolve()
    change.onabort = change.onerror = () => reject(change.error ?? new Error('the change was given up'))
  })
}
