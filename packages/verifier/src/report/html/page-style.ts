/** The style of the HTML report. Each colour is a pair, light and dark; all text has a contrast of 4.5 : 1 or more. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --back: light-dark(#fff, #10151b); --raised: light-dark(#f6f8fa, #18202a); --text: light-dark(#1b1f24, #e6e9ed);
  --soft: light-dark(#57606a, #a3adb8); --line: light-dark(#d0d7de, #323c48); --link: light-dark(#0a4f9e, #8cc2ff);
  --mark: light-dark(#ffe08a, #6b5200); --changed: light-dark(#fff6db, #2c2611);
}
:root[data-theme=light] { color-scheme: light }
:root[data-theme=dark] { color-scheme: dark }
* { box-sizing: border-box }
body { margin: 0; background: var(--back); color: var(--text); font: 14px/1.5 system-ui, sans-serif }
header { display: flex; flex-wrap: wrap; gap: 4px 24px; align-items: center; padding: 16px 24px 4px }
h1 { font-size: 20px; margin: 0; overflow-wrap: anywhere }
h2 { font-size: 15px; margin: 20px 0 8px }
h3 { font-size: 14px; margin: 0 }
#detail h3 { margin: 18px 0 6px }
.run { display: flex; flex-wrap: wrap; gap: 0 16px; margin: 0; padding: 0; list-style: none; color: var(--soft); flex: 1; overflow-wrap: anywhere }
a { color: var(--link) }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px }
button, input, select { font: inherit; color: inherit; background: var(--raised); border: 1px solid var(--line); border-radius: 6px; padding: 3px 10px }
form { display: flex; flex-wrap: wrap; gap: 8px 24px; align-items: center; padding: 8px 24px 12px; border-bottom: 1px solid var(--line) }
fieldset { border: 0; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 6px 16px }
.choice { display: inline-flex; gap: 6px; align-items: center }
.choice input { margin: 0 }
output { color: var(--soft) }
.noscript { margin: 12px 24px }
main { display: grid; grid-template-columns: minmax(320px, auto) minmax(0, 1fr); align-items: start }
.matrix { overflow: auto; max-height: calc(100vh - 16px); position: sticky; top: 0; padding: 0 12px 24px 24px; max-width: 60vw }
.side { padding: 0 24px 48px 16px; border-left: 1px solid var(--line); min-height: 100vh }
table { border-collapse: separate; border-spacing: 0 }
thead th { position: sticky; top: 0; background: var(--back); z-index: 2; padding: 10px 8px 6px; font-weight: 600; font-size: 12px; vertical-align: bottom; max-width: 180px; overflow-wrap: anywhere; border-bottom: 1px solid var(--line) }
thead th:first-child { text-align: left; padding-left: 0; z-index: 3; left: 0 }
tbody th[scope=row] { position: sticky; left: 0; background: var(--back); text-align: left; font: 12px/1.6 ui-monospace, monospace; padding: 1px 12px 1px 0; white-space: nowrap; z-index: 1 }
.group th { text-align: left; color: var(--soft); font-size: 12px; font-weight: 600; padding: 10px 0 2px }
td { text-align: center; padding: 1px 4px }
.v { display: inline-flex; align-items: center; justify-content: center; width: 26px; height: 22px; border-radius: 5px; text-decoration: none; font-size: 12px; font-weight: 700; flex: none }
.v.error, .v.broken { background: #c0182b; color: #fff }
.v.warning { background: #f0b429; color: #241a00 }
.v.note { background: #1a62cf; color: #fff }
.v.pass { background: light-dark(#e3f5e7, #12351f); color: light-dark(#17602c, #8fe0a6) }
.v.inconclusive { background: light-dark(#ece8f6, #2d2648); color: light-dark(#54418c, #cfc2ff) }
.v.skip { color: var(--soft) }
a.v[aria-current] { outline: 3px solid var(--text); outline-offset: 1px }
a.v:hover { box-shadow: inset 0 0 0 2px currentcolor }
.causes, .said, .cause ul { margin: 0; padding: 0; list-style: none }
.cause { border: 1px solid var(--line); border-left-width: 4px; border-radius: 6px; padding: 8px 12px; margin: 0 0 10px }
.cause.error { border-left-color: #c0182b } .cause.warning { border-left-color: #f0b429 } .cause.note { border-left-color: #1a62cf }
.cause h3 { display: flex; gap: 8px; align-items: center; font-family: ui-monospace, monospace }
h4 { margin: 8px 0 0; font: 600 13px/1.4 ui-monospace, monospace; overflow-wrap: anywhere }
small { font: 12px system-ui, sans-serif; color: var(--soft) }
.cause li { margin: 6px 0 0; overflow-wrap: anywhere }
.cause ul:has(li:nth-child(4)) { max-height: 220px; overflow: auto }
.fix { margin: 8px 0 0; color: var(--soft); overflow-wrap: anywhere }
.fix b { color: var(--text); margin-right: 4px }
.said li { overflow-wrap: anywhere; padding: 2px 0 }
.bar { display: flex; gap: 12px; align-items: center; padding-top: 12px }
#detail h2 { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; font-size: 17px; margin: 12px 0 4px; overflow-wrap: anywhere }
dl { display: grid; grid-template-columns: 90px minmax(0, 1fr); gap: 6px 12px; margin: 8px 0 }
dt { color: var(--soft) } dd { margin: 0; overflow-wrap: anywhere }
pre { font: 12px/1.55 ui-monospace, monospace; background: var(--raised); border: 1px solid var(--line); border-radius: 6px; padding: 8px 10px; margin: 0; white-space: pre-wrap; overflow-wrap: anywhere }
pre + button { margin-top: 6px }
.pick { display: flex; flex-wrap: wrap; gap: 8px 16px; margin: 8px 0 } .pick label { max-width: 100% } .pick select { width: 44ch; max-width: 100% }
.sides { table-layout: fixed; width: 100%; border: 1px solid var(--line); border-radius: 6px; font: 12px/1.55 ui-monospace, monospace }
.sides th { position: static; max-width: none; text-align: left; font: 600 12px/1.5 system-ui, sans-serif; background: var(--raised); padding: 5px 10px; border: 0; overflow-wrap: anywhere }
.sides td { text-align: left; vertical-align: top; padding: 0 10px; white-space: pre-wrap; overflow-wrap: anywhere }
.sides td + td, .sides th + th { border-left: 1px solid var(--line) }
.sides td:empty::before { content: '\\200b' }
.sides .differs td { background: var(--changed) }
mark { background: var(--mark); color: inherit; border-radius: 2px }
.race { list-style: none; margin: 0; padding: 8px 10px; border: 1px solid var(--line); border-radius: 6px }
.race li { display: grid; grid-template-columns: 15ch minmax(0, 1fr) 22ch; gap: 10px; align-items: center; font-size: 12px; padding: 1px 0 }
.track { position: relative; height: 14px; background: var(--raised); border-radius: 3px }
.track i { position: absolute; top: 0; bottom: 0; min-width: 3px; border-radius: 3px; background: light-dark(#57606a, #a3adb8) }
.track i.never { background: repeating-linear-gradient(90deg, var(--soft) 0 4px, transparent 4px 8px) }
.track i.two { background: light-dark(#1f8a43, #4cc474) } .track i.four { background: #f0b429 } .track i.five { background: #d3273a }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
[hidden] { display: none !important }
.upwards thead th:not(:first-child) { padding: 8px 0 }
.upwards thead th span { writing-mode: vertical-rl; transform: rotate(180deg); max-height: 180px; display: inline-block; overflow: hidden; overflow-wrap: normal; white-space: nowrap }
.upwards wbr { display: none }
@media (max-width: 1000px) {
  main { display: block }
  .matrix { position: static; max-width: none; max-height: 70vh }
  .side { border-left: 0; border-top: 1px solid var(--line); padding-left: 24px }
  .race li { grid-template-columns: 12ch minmax(0, 1fr) }
}
@media (max-width: 600px) {
  thead th:not(:first-child) { padding: 8px 0 }
  thead th span { writing-mode: vertical-rl; transform: rotate(180deg); max-height: 180px; display: inline-block; overflow: hidden; overflow-wrap: normal; white-space: nowrap }
  .sides { font-size: 11px } .sides td { padding: 0 5px }
}
@media print { form, #theme { display: none } .matrix { max-height: none; max-width: none; position: static } main { display: block } }
`
