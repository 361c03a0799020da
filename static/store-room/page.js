// The store-room page begins: alone in this browser, with what it kept, and kept itself for when the network is gone.
import { keepPage, keepStorage, notKept } from '../offline/keep.js'
import { alone } from './alone.js'
import { openOutbox, OutboxUnusable } from './outbox.js'
import { StoreRoom } from './room.js'
import { Tones } from './tones.js'
import { View } from './view.js'
import { Wedge } from './wedge.js'

const find = id => document.getElementById(id)
let room = null

/** Whatever goes wrong beyond what is foreseen is said, not left in a console that nobody reads. */
function broken (problem) {
  const sentence = problem instanceof OutboxUnusable
    ? `This browser keeps nothing (${problem.message}): leave private browsing or make room, then reload.`
    : 'This page has stopped working: reload it. What it kept is still kept.'
  new View().line('broken', sentence, 0)
}

function again () {
  if (room) room.leaving = true
  location.reload()
}

/** Another tab works at the counter: scans are not taken here, and that is heard. */
function elsewhere (takeOver) {
  const tones = new Tones()
  const miss = () => {
    if (!find('elsewhere').open) return
    find('elsewhere-missed').textContent = 'The last scan was not taken here.'
    tones.play('stop')
  }
  find('elsewhere').addEventListener('cancel', event => event.preventDefault())
  find('elsewhere-take').addEventListener('click', takeOver)
  find('elsewhere').showModal()
  return new Wedge({ onCodes: miss, onText: miss })
}

/** One sentence that concerns the device, until somebody has noted it; it comes back when it is another one. */
function notice (sentence) {
  if (!sentence || localStorage.getItem('store-room-noted') === sentence) return
  find('notice-words').textContent = sentence
  find('notice').hidden = false
  find('notice-noted').addEventListener('click', () => {
    localStorage.setItem('store-room-noted', sentence)
    find('notice').hidden = true
  })
}

/** A new version is never taken in the middle of a batch; what waits to be sent stays where it is. */
function offerNew (apply) {
  find('renew').hidden = false
  find('renew-now').addEventListener('click', () => {
    if (room?.busy) {
      find('renew-words').textContent = 'A new version of this page is ready: CONFIRM or CANCEL the open batch first.'
      return
    }
    if (room) room.leaving = true
    apply()
  })
}

async function begin () {
  let stopListening = null
  await alone({ onElsewhere: takeOver => { stopListening = elsewhere(takeOver) }, onLost: again })
  stopListening?.end()
  find('elsewhere').close()
  room = new StoreRoom(await openOutbox(), { idleMs: Number(document.body.dataset.idleSeconds) * 1000 })
  await room.start()
  return room
}

async function keep () {
  const faults = [notKept() ?? await keepPage({ worker: document.body.dataset.worker, scope: location.pathname, onNew: offerNew }), await keepStorage()]
  notice(faults.filter(Boolean).join(' '))
}

addEventListener('unhandledrejection', event => broken(event.reason))
addEventListener('error', event => broken(event.error))

/** Resolves with the counter as soon as this tab has it, for pages that add other ways to scan. */
export const begun = begin()
begun.then(keep)
