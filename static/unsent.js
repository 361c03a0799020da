// What scans count towards is not closed while scans still wait on this device: they might be what is said to be missing.
import { openOutbox } from './store-room/outbox.js'
import { counted } from './store-room/wording.js'

const said = document.getElementById('scan-said')

async function closing (event) {
  event.preventDefault()
  const { scans } = await (await openOutbox()).counts()
  if (!scans) return event.target.submit()
  said.hidden = false
  said.textContent = `${counted(scans, 'scan')} on this device ${scans === 1 ? 'is' : 'are'} not sent yet: open the store room, wait until it says “All sent”, then do this again.`
  said.scrollIntoView({ block: 'center' })
}

for (const form of document.querySelectorAll('[data-needs-sent]')) form.addEventListener('submit', closing)
