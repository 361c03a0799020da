// Asks the browser to keep this page and what it stores, and says what came of it. Without HTTPS a browser keeps no page.

const LOOK = 3_600_000 // ms between looks for a new version

/** A sentence when the page cannot be kept here, or null. */
export function notKept () {
  if (!isSecureContext) {
    return 'This address is not HTTPS: the page cannot be opened without a network, and two tabs are not kept apart. Ask the administrator for HTTPS.'
  }
  return 'serviceWorker' in navigator ? null : 'This browser keeps no pages: without a network this one cannot be opened again. Leave it open.'
}

/**
 * Keep the page at `scope`; a sentence when the browser would not. `onNew(apply)` hears of a new version; apply() takes
 * it and loads the page anew.
 */
export async function keepPage ({ worker, scope, onNew }) {
  try {
    watch(await navigator.serviceWorker.register(worker, { scope, updateViaCache: 'none' }), onNew)
    return null
  } catch (problem) {
    return `This page could not be kept for when the network is gone (${problem.message}): reload it.`
  }
}

function watch (registration, onNew) {
  let applying = false
  const offer = waiting => onNew(() => {
    applying = true
    waiting.postMessage('take over')
  })
  navigator.serviceWorker.addEventListener('controllerchange', () => { if (applying) location.reload() })
  if (registration.waiting && navigator.serviceWorker.controller) offer(registration.waiting)
  registration.addEventListener('updatefound', () => {
    const next = registration.installing
    next.addEventListener('statechange', () => {
      if (next.state === 'installed' && navigator.serviceWorker.controller) offer(next)
    })
  })
  const look = () => registration.update().catch(() => null) // without a network there is no new version either
  setInterval(look, LOOK)
  addEventListener('online', look)
}

/**
 * Ask for storage that the browser does not clear by itself. A sentence when it may, or null. Safari clears what a
 * page keeps after seven days without a visit unless the page was put on the home screen.
 */
export async function keepStorage () {
  if (await navigator.storage?.persist?.()) return null
  const safari = /Safari\//.test(navigator.userAgent) && !/Chrom(?:e|ium)\//.test(navigator.userAgent)
  return safari
    ? 'Safari clears what waits here after seven days without a visit: put this page on the home screen.'
    : 'This browser may clear what waits here when its disk is full: install this page.'
}
