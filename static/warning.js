// Warns two minutes before the session ends by itself, and stays signed in when asked to.
const WARN_MS = 120_000

const ends = document.querySelector('meta[name="session-ends"]')
const dialog = document.getElementById('session-warning')
const left = document.getElementById('session-left')
const stay = document.getElementById('session-stay')

let lengthMs = new Date(ends.content) - Date.now()
let endsAt = Date.now() + lengthMs

function tick () {
  const remaining = endsAt - Date.now()
  if (remaining <= 0) {
    window.location.assign('/sign-in')
  } else if (remaining <= WARN_MS) {
    left.textContent = remaining > 60_000 ? '2 minutes' : '1 minute'
    if (!dialog.open) dialog.showModal()
  }
}

async function staySignedIn () {
  const answer = await fetch(stay.dataset.url, { method: 'POST', headers: { 'X-CSRFToken': stay.dataset.token } })
  if (answer.ok) {
    endsAt = Date.now() + lengthMs
    dialog.close()
  } else {
    window.location.assign('/sign-in')
  }
}

stay.addEventListener('click', staySignedIn)
setInterval(tick, 5_000)
