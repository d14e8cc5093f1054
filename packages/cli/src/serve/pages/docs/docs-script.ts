/** What starts Swagger UI in the page. A file of its own, since the page allows no script within it. */
export const docsScript = `'use strict'
// Swagger UI has a dark side, and leaves it to the page when to show it.
const dark = matchMedia('(prefers-color-scheme: dark)')
const paint = () => document.documentElement.classList.toggle('dark-mode', dark.matches)
dark.addEventListener('change', paint)
paint()

const place = document.getElementById('swagger-ui')
SwaggerUIBundle({
  domNode: place,
  url: new URL(place.dataset.document, document.baseURI).href,
  // The badge of a validator would send the document's address to a stranger.
  validatorUrl: null,
  deepLinking: true,
  tryItOutEnabled: true,
  displayRequestDuration: true,
  presets: [SwaggerUIBundle.presets.apis],
  layout: 'BaseLayout',
})
`
