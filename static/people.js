// Offers people while one types a number or a name; the server decides who was meant, and pages work without this.
const AFTER_MS = 150

function offer (field, number) {
  const list = document.createElement('datalist')
  list.id = `people-${number}`
  field.after(list)
  field.setAttribute('list', list.id)
  let waiting = 0
  let asked = ''

  async function look () {
    const text = field.value.trim()
    if (text.length < 2 || text === asked) return
    asked = text
    const answer = await fetch(`${field.dataset.people}?q=${encodeURIComponent(text)}`)
    if (!answer.ok || field.value.trim() !== text) return
    const { people } = await answer.json()
    list.replaceChildren(...people.map(name => new Option(name, name)))
  }

  field.addEventListener('input', () => {
    clearTimeout(waiting)
    waiting = setTimeout(look, AFTER_MS)
  })
}

document.querySelectorAll('[data-people]').forEach(offer)
