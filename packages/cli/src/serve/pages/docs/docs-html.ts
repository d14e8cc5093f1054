import { escapeHtml } from '../../../escape-html.ts'

/** The page that loads Swagger UI; `source` is where the document is, seen from the page. */
export function docsHtml(title: string, source: string): string {
  const link = escapeHtml(source)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="icon" type="image/png" href="docs/favicon-32x32.png">
<link rel="stylesheet" href="docs/swagger-ui.css">
<link rel="stylesheet" href="docs/docs.css">
<script src="docs/swagger-ui-bundle.js" defer></script>
<script src="docs/docs.js" defer></script>
</head>
<body>
<main id="swagger-ui" data-document="${link}">
<noscript>These pages need JavaScript. The document itself is at <a href="${link}">${link}</a>.</noscript>
</main>
</body>
</html>
`
}
