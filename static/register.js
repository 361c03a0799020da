// Registers a search without the mouse: rows that count on by themselves, and warnings while one types.
const form = document.getElementById('register')
const rows = document.getElementById('rows')
const blank = document.getElementById('blank-row')
const announcement = document.getElementById('announcement')
const submit = document.getElementById('register-button')
const most = Number(form.dataset.most)
const CHECK_AFTER_MS = 300

const allRows = () => [...rows.querySelectorAll('[data-row]')]
const field = (row, name) => row.querySelector(`[name$="-${name}"]`)
const rowOf = element => element.closest('[data-row]')
const isEmpty = row => ['description', 'seal', 'label'].every(name => !field(row, name).value.trim())

// The same arithmetic on spelling as the server's references.py; it decides, this only warns sooner.
const codeOf = text => text.toUpperCase().replace(/[-\s]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')
const lookAlike = reference => (reference.toUpperCase().match(/\p{L}+|\d+/gu) ?? []).map(part => part.replace(/^0+(?=\d)/, '')).join('/')

function after (reference) {
  const match = reference.trim().match(/^(.*\D|)(\d{1,6})$/)
  return match ? `${match[1]}${Number(match[2]) + 1}` : ''
}

function suggest (row) {
  const earlier = allRows().slice(0, allRows().indexOf(row)).map(one => field(one, 'reference').value.trim()).filter(Boolean)
  const taken = new Set(earlier.map(lookAlike))
  let next = earlier.length ? after(earlier.at(-1)) : ''
  while (next && taken.has(lookAlike(next))) next = after(next)
  return next
}

function fill (row) {
  const reference = field(row, 'reference')
  if (reference.value.trim()) return
  reference.value = reference.dataset.suggested = suggest(row)
}

function addRow () {
  const number = allRows().length
  if (number >= most) {
    announcement.textContent = `At most ${most} items are registered at once.`
    return null
  }
  const holder = document.createElement('div')
  holder.innerHTML = blank.innerHTML.replaceAll('__ROW__', nextIndex())
  const row = holder.firstElementChild
  row.querySelector('[data-number]').textContent = number + 1
  const before = allRows().at(-1)
  rows.append(row)
  if (before) field(row, 'packaging').value = field(before, 'packaging').value
  return row
}

// Indices of rows only grow: the server puts them in order and leaves the blank ones out.
function nextIndex () {
  return 1 + Math.max(-1, ...allRows().map(row => Number(field(row, 'reference').name.split('-')[1])))
}

function goOn (row) {
  if (isEmpty(row)) {
    submit.focus()
    return
  }
  const all = allRows()
  const next = all[all.indexOf(row) + 1] ?? addRow()
  if (!next) return
  fill(next)
  const before = field(row, 'packaging').value
  if (isEmpty(next) && !field(next, 'packaging').value) field(next, 'packaging').value = before
  field(next, 'description').focus()
  const number = next.querySelector('[data-number]').textContent
  announcement.textContent = `Item ${number}, reference ${field(next, 'reference').value || 'empty'}.`
}

function warn (input, sentence) {
  const place = document.getElementById(`${input.id}-warning`)
  if (place.textContent === sentence) return
  place.textContent = sentence
  if (sentence) announcement.textContent = sentence
}

function onThisPage (input, name) {
  const key = text => name === 'reference' ? lookAlike(text) : name === 'seal' ? text.trim().toUpperCase() : codeOf(text)
  const mine = key(input.value)
  if (!mine) return ''
  for (const row of allRows()) {
    const other = field(row, name)
    if (other === input || key(other.value) !== mine) continue
    const item = `item ${row.querySelector('[data-number]').textContent}`
    if (name === 'seal') return `Seal ${other.value.trim()} is already on ${item} of this page. Read the number on the bag again.`
    if (name === 'label') return `Label ${other.value.trim()} is already on ${item} of this page. Read the code on this bag again, or use another label.`
    if (other.value.trim() === input.value.trim()) return `${other.value.trim()} is already the reference of ${item} of this page. Change one of them.`
    return `${input.value.trim()} looks like ${other.value.trim()}, ${item} of this page. Change it, or tick the box to keep both.`
  }
  return ''
}

async function check (input, name) {
  const typed = input.value.trim()
  let sentence = onThisPage(input, name)
  if (typed && !sentence) {
    const query = new URLSearchParams({ producer: form.elements.producer.value, [name]: typed })
    const answer = await fetch(`${form.dataset.check}?${query}`).catch(() => null)
    // Without an answer nothing is warned of here; the server checks again when the items are registered.
    sentence = answer?.ok ? (await answer.json()).warnings.join(' ') : ''
    if (input.value.trim() !== typed) return
  }
  warn(input, sentence)
  if (name === 'reference') showKeepBoth(input, sentence)
}

function showKeepBoth (input, sentence) {
  const row = rowOf(input)
  const box = row.querySelector('[data-keep]')
  const wanted = sentence.includes('looks like')
  if (!wanted && !document.getElementById(`${input.id}-error`)) field(row, 'keep_both').checked = false
  box.hidden = !wanted && !field(row, 'keep_both').checked && !document.getElementById(`${input.id}-error`)
}

const timers = new Map()
function checkSoon (input) {
  const name = ['reference', 'seal', 'label'].find(one => input.name?.endsWith(`-${one}`))
  if (!name) return
  clearTimeout(timers.get(input))
  timers.set(input, setTimeout(() => check(input, name), CHECK_AFTER_MS))
}

function nameHazards (details) {
  const chosen = [...details.querySelectorAll('input:checked')].map(box => box.labels[0].textContent)
  details.querySelector('[data-hazards]').textContent = chosen.length ? `: ${chosen.join(', ').toLowerCase()}` : ''
}

// The first row follows the producer for as long as its reference is still the suggested one.
async function follow () {
  const query = new URLSearchParams({ producer: form.elements.producer.value })
  const answer = await fetch(`${form.dataset.next}?${query}`).catch(() => null)
  if (!answer?.ok) return
  const { reference } = await answer.json()
  if (!reference) return
  const suggested = allRows().map(row => field(row, 'reference')).filter(input => input.value && input.value === input.dataset.suggested)
  let next = reference
  for (const input of suggested) {
    input.value = input.dataset.suggested = next
    next = after(next)
    check(input, 'reference')
  }
}

rows.addEventListener('keydown', event => {
  if (event.key !== 'Enter' || event.isComposing || !event.target.matches('input:not([type=checkbox]), select')) return
  event.preventDefault()
  if (event.ctrlKey || event.metaKey) form.requestSubmit(submit)
  else goOn(rowOf(event.target))
})
rows.addEventListener('input', event => checkSoon(event.target))
// The camera reads a label into the row that is being typed in.
const camera = document.querySelector('[data-camera-into]')
rows.addEventListener('focusin', event => {
  const row = rowOf(event.target)
  camera.dataset.cameraInto = field(row, 'label').id
  camera.textContent = `Scan the blank label of item ${row.querySelector('[data-number]').textContent}`
})
rows.addEventListener('change', event => {
  if (event.target.type === 'checkbox' && event.target.name.endsWith('-hazards')) nameHazards(event.target.closest('details'))
})
// Enter among the facts of the search goes to the items: it must not send a form that is only begun.
form.addEventListener('keydown', event => {
  if (event.key !== 'Enter' || event.defaultPrevented || !event.target.matches('input:not([type=checkbox])')) return
  event.preventDefault()
  field(allRows()[0], 'description').focus()
})
form.elements.producer.addEventListener('change', follow)
document.getElementById('more').addEventListener('click', event => {
  event.preventDefault()
  const row = addRow()
  if (!row) return
  fill(row)
  field(row, 'description').focus()
})
form.addEventListener('submit', () => {
  for (const row of allRows()) {
    const reference = field(row, 'reference')
    if (isEmpty(row) && reference.value === reference.dataset.suggested) reference.value = ''
  }
})

// With script one row stands ready, and Enter makes the next.
for (const row of allRows().slice(1)) if (isEmpty(row) && !field(row, 'reference').value) row.remove()
for (const row of allRows()) {
  const reference = field(row, 'reference')
  if (isEmpty(row)) reference.dataset.suggested = reference.value
  nameHazards(row.querySelector('details'))
}
for (const one of document.querySelectorAll('[data-with-script]')) one.hidden = false
for (const one of document.querySelectorAll('[data-without-script]')) one.hidden = true
document.getElementById('more').textContent = 'Add a row'
