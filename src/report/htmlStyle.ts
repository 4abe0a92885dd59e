import { terminalStyle } from './htmlTerminal';
import { markup, type Html } from './htmlText';

/**
 * The style sheet of the HTML report. Texts keep a contrast of 4.5 : 1 and marks of 3 : 1 on their grounds in both
 * themes; the lines of a chart differ in their dashes too. Paper is always light.
 */
export function styleSheet(): Html {
  return markup`<style>
${colours()}${page()}${blocks()}${tables()}${terminalStyle()}${drawings()}${media()}</style>`;
}

function colours(): Html {
  return markup`:root {
  color-scheme: light dark;
  --ground: #f6f7f9; --card: #ffffff; --text: #1d2430; --soft: #596273; --rule: #dfe3ea; --stripe: #f8f9fb;
  --accent: #1a5fb4; --ok: #1a7f37; --info: #1b60cf; --warning: #8a5a00; --error: #c01c28; --unknown: #5c6470;
  --ok-ground: #eef8f1; --info-ground: #eef4fe; --warning-ground: #fdf6e6; --error-ground: #fdf0f0; --unknown-ground: #f0f2f5;
  --land: #d5dde0; --sea: #f1f5f8; --grid: #e4e8ee;
  --c0: #1a5fb4; --c1: #b0520a; --c2: #1a7f37; --c3: #8839a8; --c4: #b3261e; --c5: #0b7285; --c6: #7a6000; --c7: #596273;
  --sans: system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif;
  --mono: ui-monospace, 'SF Mono', 'Cascadia Mono', Consolas, 'DejaVu Sans Mono', 'Noto Sans Mono CJK SC', monospace;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --ground: #14171c; --card: #1c2027; --text: #e4e8ee; --soft: #a0a9b8; --rule: #323944; --stripe: #20252d;
    --accent: #7fb2f5; --ok: #57c776; --info: #79aefa; --warning: #e3b04b; --error: #ff8087; --unknown: #a8b0bd;
    --ok-ground: #16281d; --info-ground: #18263a; --warning-ground: #2d2615; --error-ground: #331d20; --unknown-ground: #262b33;
    --land: #3a434f; --sea: #181d24; --grid: #2a303a;
    --c0: #7fb2f5; --c1: #f0a35e; --c2: #62cd82; --c3: #cf9be8; --c4: #ff8f88; --c5: #5fc9db; --c6: #d8c04e; --c7: #a0a9b8;
  }
}
.ok { --tone: var(--ok); --tone-ground: var(--ok-ground); }
.info { --tone: var(--info); --tone-ground: var(--info-ground); }
.warning { --tone: var(--warning); --tone-ground: var(--warning-ground); }
.error { --tone: var(--error); --tone-ground: var(--error-ground); }
.unknown { --tone: var(--unknown); --tone-ground: var(--unknown-ground); }
`;
}

function page(): Html {
  return markup`*, *::before, *::after { box-sizing: border-box; }
body { margin: 0; padding: 2.5rem 1.25rem 3rem; background: var(--ground); color: var(--text); font: 15px/1.55 var(--sans); overflow-wrap: anywhere; }
.page { max-width: 60rem; margin: 0 auto; }
h1, h2, h3, h4, h5, h6 { margin: 0; line-height: 1.3; font-weight: 600; }
h1 { font-size: 1.75rem; letter-spacing: -0.01em; }
h2 { font-size: 1.15rem; }
h3 { font-size: 1.02rem; }
h4, h5, h6 { font-size: 0.95rem; }
p { margin: 0; white-space: pre-line; }
p + p { margin-top: 0.7rem; }
a { color: var(--accent); }
ul { margin: 0; padding-left: 1.2rem; }
.verdict { display: flex; gap: 0.9rem; align-items: baseline; margin: 1.1rem 0 2rem; padding: 0.95rem 1.15rem; border: 1px solid var(--rule); border-left: 4px solid var(--tone); border-radius: 8px; background: var(--tone-ground); font-size: 1.05rem; }
.badge { flex: none; color: var(--tone); font-weight: 600; white-space: nowrap; }
.icon { width: 1em; height: 1em; vertical-align: -0.13em; fill: currentColor; }
.badge .icon { margin-right: 0.4em; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
footer { margin-top: 2rem; color: var(--soft); font-size: 0.85rem; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
`;
}

function blocks(): Html {
  return markup`.block { margin: 0 0 1.25rem; padding: 1.1rem 1.25rem 1.25rem; border: 1px solid var(--rule); border-radius: 10px; background: var(--card); }
.block > h2, .block > h3, .block > h4, .block > h5, .block > h6 { margin-bottom: 0.8rem; }
.section { margin: 2rem 0 1.25rem; }
.section .section { margin-left: 0.5rem; padding-left: 1.1rem; border-left: 2px solid var(--rule); }
.section-head { display: flex; flex-wrap: wrap; gap: 0.25rem 0.8rem; align-items: baseline; margin-bottom: 0.9rem; }
.section-head p { flex-basis: 100%; color: var(--soft); }
summary { cursor: pointer; }
details.section > summary { padding: 0.7rem 1.1rem; border: 1px solid var(--rule); border-radius: 10px; background: var(--card); }
details.section > summary .section-head { display: inline-flex; width: calc(100% - 1.6em); margin: 0; vertical-align: top; }
details.section[open] > summary { margin-bottom: 0.9rem; }
.facts dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: 0.85rem 1.75rem; margin: 0; }
.facts dt { color: var(--soft); font-size: 0.87rem; }
.facts dd { margin: 0.1rem 0 0; font-variant-numeric: tabular-nums; white-space: pre-line; }
.facts .wide { grid-column: 1 / -1; }
.note { color: var(--soft); font-size: 0.87rem; }
.block.quiet { padding-top: 0.75rem; padding-bottom: 0.75rem; }
.facts .note { display: block; }
code, pre { font-family: var(--mono); font-size: 0.92em; }
code { white-space: pre-wrap; }
pre { margin: 0; padding: 0.85rem 1rem; overflow-x: auto; border-radius: 7px; background: var(--ground); line-height: 1.5; }
pre code { font-size: inherit; white-space: pre; }
.text > .badge { display: block; margin-bottom: 0.25rem; }
.text.toned { border-left: 4px solid var(--tone); }
.legend { display: flex; flex-wrap: wrap; gap: 0.3rem 1.2rem; margin: 0.75rem 0 0; padding: 0; list-style: none; color: var(--soft); font-size: 0.87rem; }
.legend svg { width: 28px; height: 8px; margin-right: 0.45rem; vertical-align: 0.1em; }
.twin { margin-top: 0.9rem; }
.twin > summary { color: var(--accent); font-size: 0.87rem; }
.twin > summary ~ * { margin-top: 0.8rem; }
`;
}

function tables(): Html {
  return markup`.scroll { position: relative; overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: 0.92rem; font-variant-numeric: tabular-nums; }
table.narrow { width: auto; min-width: min(100%, 24rem); }
caption { padding: 0 0 0.6rem; text-align: left; }
.twin table.narrow { width: auto; min-width: min(100%, 24rem); }
caption { padding-bottom: 0.2rem; font-weight: 600; }
th, td { min-width: 4rem; max-width: 28rem; padding: 0.45rem 0.75rem; border-bottom: 1px solid var(--rule); text-align: left; vertical-align: top; font-weight: 400; white-space: pre-line; overflow-wrap: normal; }
.long { overflow-wrap: anywhere; min-width: 9rem; }
th:first-child, td:first-child { padding-left: 0.5rem; }
th:last-child, td:last-child { padding-right: 0.5rem; }
thead th { border-bottom-width: 2px; color: var(--soft); font-size: 0.82rem; font-weight: 600; vertical-align: bottom; }
tbody tr:nth-child(even) { background: var(--stripe); }
tbody tr:last-child > * { border-bottom: 0; }
.number { text-align: right; }
td.number, td.time { white-space: nowrap; }
.status { color: var(--tone); }
.indent { color: var(--soft); }
.share { display: block; height: 4px; margin-top: 4px; border-radius: 2px; background: var(--rule); overflow: hidden; }
.share > span { display: block; width: calc(var(--share) * 100%); height: 100%; background: var(--tone, var(--accent)); }
.facts .share { max-width: 12rem; }
`;
}

function drawings(): Html {
  return markup`.drawing { display: block; max-width: 100%; height: auto; margin: 0 auto; }
.drawing.full { width: 100%; }
.drawing.free { max-width: none; }
.drawing text { fill: var(--soft); font: 11px var(--sans); font-variant-numeric: tabular-nums; }
.drawing .label { fill: var(--text); font-size: 12px; }
.drawing .node .label { font-size: 13px; }
.grid { fill: none; stroke: var(--grid); stroke-width: 1; }
.line { fill: none; stroke: var(--line); stroke-width: 1.75; stroke-linejoin: round; stroke-linecap: round; }
.dot { fill: var(--line); }
.area { fill: var(--line); opacity: 0.25; }
.l0 { --line: var(--c0); } .l1 { --line: var(--c1); } .l2 { --line: var(--c2); } .l3 { --line: var(--c3); }
.l4 { --line: var(--c4); } .l5 { --line: var(--c5); } .l6 { --line: var(--c6); } .l7 { --line: var(--c7); }
.phase { fill: var(--tone, var(--accent)); }
.node rect { fill: var(--tone-ground, var(--ground)); stroke: var(--tone, var(--soft)); stroke-width: 1.25; }
.edge path { fill: none; stroke: var(--tone, var(--soft)); stroke-width: 1.5; }
.edge rect { fill: var(--card); }
.edge .head { fill: var(--tone, var(--soft)); stroke: none; }
.halo { paint-order: stroke; stroke: var(--card); stroke-width: 4px; stroke-linejoin: round; }
.map { border-radius: 7px; }
.map .halo { stroke: var(--sea); stroke-width: 3px; }
.sea { fill: var(--sea); }
.land { fill: var(--land); }
.route { fill: none; stroke: var(--tone, var(--accent)); stroke-width: 1.75; stroke-linecap: round; }
.route.warning, .edge.warning path { stroke-dasharray: 8 3; }
.route.error, .edge.error path { stroke-dasharray: 5 4; }
.route.unknown, .edge.unknown path { stroke-dasharray: 2 4; }
.drawing .edge .head { stroke-dasharray: none; }
.place .ground { fill: var(--card); stroke: none; }
.place circle:not(.ground) { fill: var(--accent); stroke: var(--card); stroke-width: 1.5; }
`;
}

function media(): Html {
  return markup`@media (max-width: 40rem) {
  body { padding: 1.25rem 0.75rem 2rem; }
  .block { padding: 0.9rem; }
  .verdict { flex-direction: column; gap: 0.35rem; }
  .drawing.full { min-width: 34rem; }
}
@media print {
  :root { --ground: #ffffff; }
  * { print-color-adjust: exact; }
  body { padding: 0; font-size: 10.5pt; }
  .page { max-width: none; }
  .drawing, .drawing.free { max-width: 100%; }
  .block { break-inside: avoid-page; }
  .block.table { break-inside: auto; }
  tr, .verdict, .facts div { break-inside: avoid; }
  h2, h3, h4, caption { break-after: avoid; }
  details.section::details-content { content-visibility: visible; height: auto; }
  .twin { display: none; }
}
`;
}
