// Lets one page open without a network. It keeps that page and its own files, as one version, and nothing else: no
// answer of the API, no other page. SHELL (page, version, header, assets) is written before this by web/offline.py.
const PREFIX = `exhibits ${SHELL.page} `
const CACHE = PREFIX + SHELL.version
const PATIENCE = 4_000 // ms for the service to answer before the kept page is shown

addEventListener('install', event => event.waitUntil(keepAll()))
addEventListener('activate', event => event.waitUntil(forget(name => name !== CACHE)))
addEventListener('message', event => { if (event.data === 'take over') skipWaiting() })
addEventListener('fetch', event => {
  const { method, mode, url } = event.request
  const { origin, pathname } = new URL(url)
  if (method !== 'GET' || origin !== location.origin) return
  if (mode === 'navigate' && pathname === SHELL.page) event.respondWith(page(event.request))
  else if (SHELL.assets.includes(pathname)) event.respondWith(kept(event.request))
})

/** All files of one version or none: a page is never put together from two. */
async function keepAll () {
  const cache = await caches.open(CACHE)
  const answer = await fetch(SHELL.page, { cache: 'reload' })
  if (!ofThisVersion(answer)) throw new Error('the page is of another version, or not for this device')
  await cache.put(SHELL.page, answer)
  await cache.addAll(SHELL.assets.map(asset => new Request(asset, { cache: 'reload' })))
}

/** The page as the service has it now, if it is of this version; as it is kept, if the service is gone or newer. */
async function page (request) {
  let answer
  try {
    answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) })
  } catch {
    return (await keptHere(SHELL.page)) ?? Response.error()
  }
  if (ofThisVersion(answer)) {
    await (await caches.open(CACHE)).put(SHELL.page, answer.clone())
    return answer
  }
  if (answer.status >= 500 || answer.headers.has(SHELL.header)) return (await keptHere(SHELL.page)) ?? answer
  // This device is no longer enrolled: nothing of the page stays on it. What waits to be sent is not kept here.
  await registration.unregister()
  await forget(() => true)
  return answer
}

async function kept (request) {
  return (await keptHere(request)) ?? fetch(request)
}

/** Without making a cache where none is, as caches.open() would. */
function keptHere (what) {
  return caches.match(what, { cacheName: CACHE, ignoreSearch: true })
}

async function forget (which) {
  const names = (await caches.keys()).filter(name => name.startsWith(PREFIX) && which(name))
  await Promise.all(names.map(name => caches.delete(name)))
}

function ofThisVersion (answer) {
  return answer.ok && answer.headers.get(SHELL.header) === SHELL.version
}
