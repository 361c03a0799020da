// Takes a handheld's scans on every page: into the field that asks for a code, or to the page of what was scanned.
import { printed, typeOf } from './store-room/codes.js'
import { Wedge } from './store-room/wedge.js'

const AT_THE_COUNTER = {
  person: 'A badge is scanned at the store-room page or the scan client, and nowhere else.',
  command: 'A command is scanned at the store-room page or the scan client, and nowhere else.'
}
const said = document.getElementById('scan-said')
const { search } = said.dataset

function onCodes (codes) {
  const code = codes.at(-1) // what lay on the counter last
  const field = askingField()
  if (field) return fill(field, code)
  const where = AT_THE_COUNTER[typeOf(code)]
  if (where) return say(where)
  if (!search) return say(`${printed(code)} was scanned: sign in as somebody who may look items up.`)
  const address = `${search}?${new URLSearchParams({ q: code })}`
  if (!changed()) return location.assign(address)
  say(`${printed(code)} was scanned. What you typed here is not sent yet.`, address)
}

/** The field that has the focus and asks for a code, or the only one of the page's own that does. */
function askingField () {
  if (document.activeElement?.matches('[data-takes-code]')) return document.activeElement
  const all = [...document.querySelectorAll('main [data-takes-code]')].filter(field => field.checkVisibility())
  return all.length === 1 ? all[0] : null
}

/** A form that asks for nothing but a code is made to be sent by a scan; in any other the code is filled in. */
function fill (field, code) {
  field.value = printed(code)
  field.dispatchEvent(new Event('input', { bubbles: true }))
  if (field.dataset.takesCode === 'send') field.form.requestSubmit()
  else field.focus()
}

function say (sentence, address = null) {
  said.hidden = false
  said.replaceChildren(sentence)
  if (address) said.append(' ', Object.assign(document.createElement('a'), { className: 'govuk-link', href: address, textContent: 'Open it all the same' }))
}

/** Whether something was entered here that going elsewhere would lose. */
function changed () {
  return [...document.querySelectorAll('main :is(input:not([type=hidden]), select, textarea)')].some(field => {
    if (field.localName === 'select') return [...field.options].some(one => one.selected !== one.defaultSelected && one.value)
    return 'defaultChecked' in field && field.checked !== field.defaultChecked ? true : field.value !== field.defaultValue
  })
}

new Wedge({ hold: false, onCodes, mayEnd: element => Boolean(element.closest('[data-enter-goes-on]')) }) // eslint-disable-line no-new
