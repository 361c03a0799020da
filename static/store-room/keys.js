// The buttons of the page, and the field for a code that will not scan.

/** Each handler hears what was pressed; onTyped(text) what was entered, never empty. */
export function connectKeys ({ onCommand, onSeal, onLock, onTyped }) {
  const find = id => document.getElementById(id)
  for (const button of document.querySelectorAll('[data-command]')) {
    button.addEventListener('click', () => onCommand(button.dataset.command))
  }
  find('seal-last').addEventListener('click', onSeal)
  find('lock').addEventListener('click', onLock)
  find('odd-print').addEventListener('click', () => print())
  find('manual').addEventListener('submit', event => {
    event.preventDefault()
    const text = find('code').value.trim()
    find('code').value = ''
    if (text) onTyped(text)
  })
}
