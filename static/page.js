// Starts govuk-frontend's components on every page; pages work without it.
import { initAll } from './build/govuk-frontend.min.js'

initAll()
