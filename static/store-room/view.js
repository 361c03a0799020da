// What stands on the page: who is doing what and where to, the last thing said, and what to do next.
import { counted, words } from './wording.js'

const WORDS = { good: 'Good.', bad: 'Look.', stop: 'Stop.', none: '' }
const WEIGHT = { none: 0, good: 1, bad: 2, stop: 3 }
const WHERE = { SIGN_OUT: 'Taken by', SIGHTING: 'Seen at', OFFER: 'Offered to', PUT_IN: 'Into', COLLECT: 'Taken by' }
const find = id => document.getElementById(id)

export class View {
  /** Of all that was said at once, the most serious is shown; of equals, the last. */
  say (said) {
    if (!said.length) return
    const most = said.reduce((one, other) => (WEIGHT[other.tone] >= WEIGHT[one.tone] ? other : one))
    const message = find('message')
    message.dataset.tone = most.tone
    message.querySelector('use').setAttribute('href', `#icon-${most.tone}`)
    find('word').textContent = WORDS[most.tone]
    find('sentence').textContent = most.sentence
    // The same sentence again is still news: the band blinks once.
    message.classList.remove('message--new')
    requestAnimationFrame(() => message.classList.add('message--new'))
    return most.tone
  }

  /** The code that was just taken is now known by name. */
  name (printed, name) {
    const sentence = find('sentence')
    if (find('message').dataset.tone === 'good') sentence.textContent = sentence.textContent.replace(printed, name)
  }

  next (sentence) {
    find('next').textContent = find('sentence').textContent === sentence ? '' : sentence
  }

  /** The state line. */
  now ({ operator, locked, batch, where, witness }) {
    find('operator').textContent = operator?.name ?? (locked ? 'Locked' : 'Nobody')
    find('witness').textContent = witness ? `Witness: ${witness}` : ''
    find('doing').textContent = batch.chosen || batch.items || batch.to ? words(batch.actKind) : '–'
    find('where-label').textContent = WHERE[batch.actKind] ?? 'To'
    find('where').textContent = where || '–'
    find('count').textContent = String(batch.items)
    find('lock').disabled = !operator
    find('seal-last').disabled = !operator || !batch.items
    for (const button of document.querySelectorAll('.key--kind')) {
      button.setAttribute('aria-pressed', String(batch.chosen && button.dataset.command === batch.actKind))
    }
  }

  /** Whether the service is there, and how much waits for it: always in sight. */
  line (state, sentence, scans) {
    const kept = `${counted(scans, 'scan')} kept on this device`
    const said = {
      unknown: 'Looking for the service',
      there: scans ? `Sending ${counted(scans, 'scan')}` : 'All sent',
      gone: scans ? `No network: ${kept}` : 'No network: scans are kept here',
      refused: scans ? `${sentence} ${kept}.` : sentence,
      broken: sentence
    }[state]
    const icon = { there: scans ? 'wait' : 'good', unknown: 'wait', gone: 'kept', refused: 'stop', broken: 'stop' }[state]
    find('line').dataset.line = state
    find('line').querySelector('use').setAttribute('href', `#icon-${icon}`)
    if (find('line-words').textContent !== said) find('line-words').textContent = said
  }
}
