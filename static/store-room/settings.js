// What this device remembers of how it should look and sound, and whether it asks for every seal.
import { KINDS } from './kinds.js'

/** Connect the settings dialog to the page, the tones, the voice and the dialogue. */
export function connectSettings ({ tones, speech, dialogue }) {
  const dialog = document.getElementById('settings')
  const sound = document.getElementById('sound')
  const shake = document.getElementById('shake')
  const seals = document.getElementById('ask-seal')
  const keep = (name, value) => localStorage.setItem(`store-room-${name}`, value)

  const askSeals = on => { dialogue.askSeal = new Set(on ? Object.keys(KINDS) : []) }
  sound.checked = tones.on = localStorage.getItem('store-room-sound') !== 'off'
  shake.checked = tones.shakes = localStorage.getItem('store-room-shake') !== 'off'
  shake.parentElement.hidden = !navigator.vibrate
  seals.checked = localStorage.getItem('store-room-seals') === 'on'
  askSeals(seals.checked)

  connectSpeech(speech, keep)
  document.getElementById('settings-open').addEventListener('click', () => dialog.showModal())
  document.getElementById('settings-close').addEventListener('click', () => dialog.close())
  sound.addEventListener('change', () => { tones.on = sound.checked; keep('sound', sound.checked ? 'on' : 'off') })
  shake.addEventListener('change', () => { tones.shakes = shake.checked; keep('shake', shake.checked ? 'on' : 'off') })
  seals.addEventListener('change', () => { askSeals(seals.checked); keep('seals', seals.checked ? 'on' : 'off') })
  for (const button of dialog.querySelectorAll('[data-tone-test]')) {
    button.addEventListener('click', () => tones.play(button.dataset.toneTest))
  }
  for (const radio of dialog.querySelectorAll('[name=theme]')) {
    radio.checked = radio.value === document.documentElement.dataset.theme
    radio.addEventListener('change', () => {
      document.documentElement.dataset.theme = radio.value
      keep('theme', radio.value)
    })
  }
}

function connectSpeech (speech, keep) {
  const box = document.getElementById('speech')
  box.checked = speech.on = localStorage.getItem('store-room-speech') === 'on'
  const draw = () => {
    box.disabled = !speech.voice
    document.getElementById('speech-none').hidden = Boolean(speech.voice)
  }
  draw()
  speech.engine?.addEventListener?.('voiceschanged', draw) // browsers find their voices a little later
  box.addEventListener('change', () => {
    speech.on = box.checked
    keep('speech', box.checked ? 'on' : 'off')
    speech.say('Words are on.')
  })
}
