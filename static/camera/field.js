// "Scan with the camera" beside a field: opens the camera in a dialog, and puts the first code of ours into the field.
import { printed } from '../store-room/codes.js'
import { Eye } from './eye.js'

const dialog = document.getElementById('camera-dialog')
const said = document.getElementById('camera-said')
let field = null
let go = false // whether the form is sent at once

const eye = new Eye(dialog.querySelector('.eye'), {
  onTold (told) {
    const ours = told.find(read => read.code)
    if (!ours) {
      said.textContent = told[0].why
      return
    }
    field.value = printed(ours.code)
    field.dispatchEvent(new Event('input', { bubbles: true }))
    field.dispatchEvent(new CustomEvent('camera-code', { bubbles: true, detail: { code: ours.code } }))
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
    said.textContent = ''
    dialog.showModal()
  })
}
document.getElementById('camera-close').addEventListener('click', () => dialog.close())
dialog.addEventListener('close', () => {
  eye.stop()
  field.focus()
})
