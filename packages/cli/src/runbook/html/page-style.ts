/** The style of the runbook. Each colour is a pair, light and dark; all text has a contrast of 4.5 : 1 or more. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --back: light-dark(#fff, #10151b); --raised: light-dark(#f6f8fa, #18202a); --text: light-dark(#1b1f24, #e6e9ed);
  --soft: light-dark(#57606a, #a3adb8); --line: light-dark(#d0d7de, #323c48); --link: light-dark(#0a4f9e, #8cc2ff);
}
:root[data-theme=light] { color-scheme: light }
:root[data-theme=dark] { color-scheme: dark }
* { box-sizing: border-box }
body { margin: 0; background: var(--back); color: var(--text); font: 15px/1.55 system-ui, sans-serif }
header { display: flex; flex-wrap: wrap; gap: 8px 24px; align-items: center; padding: 14px 24px; border-bottom: 1px solid var(--line); position: sticky; top: 0; background: var(--back); z-index: 1 }
h1 { font-size: 20px; margin: 0 } h2 { font-size: 16px; margin: 28px 0 8px }
h3 { font: 600 15px/1.5 ui-monospace, monospace; margin: 0; overflow-wrap: anywhere }
nav h2 { font-size: 13px; color: var(--soft); margin: 16px 0 4px }
form { flex: 1; display: flex; gap: 8px 16px; align-items: center; flex-wrap: wrap }
button, input { font: inherit; color: inherit; background: var(--raised); border: 1px solid var(--line); border-radius: 6px; padding: 3px 10px }
output { color: var(--soft) }
a { color: var(--link) }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px }
.page { display: grid; grid-template-columns: minmax(240px, 320px) minmax(0, 1fr); align-items: start }
nav { position: sticky; top: 60px; max-height: calc(100vh - 60px); overflow: auto; padding: 0 12px 24px 24px }
nav ul { list-style: none; margin: 0; padding: 0; font: 12px/1.8 ui-monospace, monospace }
main { padding: 0 24px 64px; border-left: 1px solid var(--line); min-height: 100vh }
article { border: 1px solid var(--line); border-radius: 6px; padding: 10px 16px 14px; margin: 0 0 14px; max-width: 80ch; scroll-margin-top: 72px }
article:target { border-color: var(--link); box-shadow: inset 4px 0 0 var(--link) }
article > p { margin: 6px 0 0; overflow-wrap: anywhere } .title { font-weight: 600 }
h3 a { color: inherit; text-decoration-color: var(--line) }
dl { display: grid; grid-template-columns: 130px minmax(0, 1fr); gap: 6px 12px; margin: 12px 0 0 }
dt { color: var(--soft) } dd { margin: 0; overflow-wrap: anywhere }
code { font: 13px/1.5 ui-monospace, monospace; background: var(--raised); border-radius: 4px; padding: 0 3px }
article ul { margin: 10px 0 0; padding-left: 20px; overflow-wrap: anywhere }
[hidden] { display: none !important }
@media (max-width: 800px) {
  header { position: static }
  .page { display: block } nav { position: static; max-height: 40vh } main { border-left: 0; border-top: 1px solid var(--line) }
  dl { display: block } dt { margin-top: 8px } article { scroll-margin-top: 12px }
}
@media print { form, nav, header button { display: none } .page { display: block } main { border: 0 } header { position: static } article { break-inside: avoid } }
`
