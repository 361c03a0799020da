// Sets the colours before anything is drawn, so that a dark store room is not lit up by a white page for a moment.
(function () {
  const light = !matchMedia('(prefers-color-scheme: dark)').matches
  const asked = matchMedia('(prefers-contrast: more)').matches ? 'contrast' : light ? 'light' : 'dark'
  document.documentElement.dataset.theme = localStorage.getItem('store-room-theme') || asked
})()
