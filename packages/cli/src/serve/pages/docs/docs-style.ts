/** What the page adds to the style of Swagger UI. */
export const docsStyle = `html { overflow-y: scroll }
body { margin: 0; background: #fafafa }
noscript { display: block; margin: 2rem; font: 16px/1.5 system-ui, sans-serif }
@media (prefers-color-scheme: dark) {
  html { background: #1c2022; color-scheme: dark }
  body { background: #1c2022 }
  noscript { color: #e4e6e6 }
}
/* Which the dark side of Swagger UI leaves dark. */
html.dark-mode .swagger-ui .headers .header-col { color: #e4e6e6 }
`
