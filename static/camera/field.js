// "Scan with the camera" beside a field: opens the camera in a dialog, and puts the first code of ours into the field.
import { printed } from '../store-room/codes.js'
import { Eye } from './eye.js'
import { wanted } from './kinds.js'

const dialog = document.getElementById('camera-dialog')
const said = document.getElementById('camera-said')
let field = null
let kinds = ''
let go = false // whether the form is sent at once

const eye = new Eye(dialog.querySelector('.eye'), {
  onTold (told) {
    const { code, why } = wanted(told, kinds)
    said.textContent = why ?? ''
    if (!code) return
    field.value = printed(code)
    field.dispatchEvent(new Event('input', { bubbles: true }))
    field.dispatchEvent(new CustomEvent('camera-code', { bubbles: true, detail: { code } }))
    navigator.vibrate?.(60)
    dialog.close()
    if (go) field.form.requestSubmit()
  }
})

// Without script there is no camera, so the buttons come with it.
for (const button of document.querySelectorAll('[data-camera-into]')) {
  button.hidden = false
  button.addEventListener('click', () => {
    field = document.getElementById(button.dataset.cameraInto)
    go = 'cameraGo' in button.dataset
    kinds = button.dataset.cameraKinds
    said.textContent = ''
    dialog.showModal()
  })
}
document.getElementById('camera-close').addEventListener('click', () => dialog.close())
dialog.addEventListener('close', () => {
  eye.stop()
  field.focus()
})
