// One tab at a time works at the counter: two would send the same scans and take each other's batches apart.

const LOCK = 'exhibits-store-room-page'
const SOON = 400 // ms: a page that is being loaded anew lets go of the lock a moment later

/**
 * Done when this tab has the counter. onElsewhere(takeOver) hears that another tab has it; onLost() that another one
 * took it from here. Without HTTPS a browser has no such locks, and every tab counts as alone.
 */
export function alone ({ onElsewhere, onLost }) {
  if (!navigator.locks) return Promise.resolve()
  return new Promise(resolve => {
    const queued = new AbortController()
    const hold = options => navigator.locks.request(LOCK, options, () => {
      clearTimeout(told)
      resolve()
      return new Promise(() => {}) // held until the tab is closed, or another one takes over
    }).catch(problem => {
      if (problem.name !== 'AbortError') throw problem
      if (!(options.signal && queued.signal.aborted)) onLost()
    })
    const told = setTimeout(() => onElsewhere(() => {
      queued.abort()
      hold({ steal: true })
    }), SOON)
    hold({ signal: queued.signal })
  })
}
