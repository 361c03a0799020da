// Says at once that a photograph is too large, before minutes are spent on sending it. The server checks again.
const form = document.getElementById('photograph-form')
const input = document.getElementById('photograph')
const most = Number(form.dataset.most)

function tooLarge (file) {
  const megabytes = Math.round(file.size / 1024 / 1024)
  return `${file.name} is larger than 20 MB (it has ${megabytes} MB). Take the photograph at a lower resolution and try again.`
}

function complain (sentence) {
  document.getElementById('photograph-error')?.remove()
  input.closest('.govuk-form-group').classList.toggle('govuk-form-group--error', Boolean(sentence))
  const hint = input.closest('.govuk-form-group').querySelector('.govuk-hint')
  input.setAttribute('aria-describedby', sentence ? `${hint.id} photograph-error` : hint.id)
  if (!sentence) return
  const message = document.createElement('p')
  message.id = 'photograph-error'
  message.className = 'govuk-error-message'
  message.setAttribute('role', 'alert')
  message.textContent = sentence
  hint.after(message)
}

function check () {
  const [file] = input.files
  const large = Boolean(file) && file.size > most
  complain(large ? tooLarge(file) : '')
  return !large
}

input.addEventListener('change', check)
form.addEventListener('submit', event => {
  if (check()) return
  event.preventDefault()
  input.focus()
})
