/** Of the side-by-side page: the reader's own light or dark, light on paper. */
export const STYLE = `
:root { color-scheme: light dark; --back: #ffffff; --text: #1f2328; --quiet: #59636e; --line: #d1d9e0; --bar: #f6f8fa;
  --added: #dafbe1; --added-word: #aceebb; --removed: #ffebe9; --removed-word: #ffcecb; --changed-word: #fae17d; --none: #eff2f5; --link: #0969da; }
@media screen and (prefers-color-scheme: dark) { :root { --back: #0d1117; --text: #e6edf3; --quiet: #9198a1; --line: #3d444d; --bar: #161b22;
  --added: #12261e; --added-word: #1f572d; --removed: #2d1619; --removed-word: #7d2320; --changed-word: #6e5600; --none: #151b23; --link: #58a6ff; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 16px; background: var(--back); color: var(--text); font: 14px/1.5 system-ui, sans-serif; }
h1 { font-size: 18px; margin: 0 0 4px; overflow-wrap: anywhere; }
p { margin: 0 0 8px; }
a { color: var(--link); }
nav, .legend { display: flex; flex-wrap: wrap; gap: 4px 16px; margin: 0 0 8px; color: var(--quiet); }
.legend span { padding: 0 6px; color: var(--text); }
table { border-collapse: collapse; width: 100%; border: 1px solid var(--line); font: 12px/1.5 ui-monospace, Consolas, monospace; }
table.wrap { table-layout: fixed; }
col.number { width: 6.5em; }
th { position: sticky; top: 0; padding: 4px 8px; background: var(--bar); border-bottom: 1px solid var(--line); text-align: left; overflow-wrap: anywhere; }
td { padding: 0 8px; vertical-align: top; white-space: pre; }
table.wrap td.text { white-space: pre-wrap; overflow-wrap: anywhere; }
td.number { color: var(--quiet); text-align: right; user-select: none; border-left: 1px solid var(--line); }
td.number a { text-decoration: none; }
td.none { background: var(--none); }
tr:target td.number { outline: 2px solid var(--link); outline-offset: -2px; }
tr.changed td.left { background: var(--removed); }
tr.changed td.right { background: var(--added); }
tr.changed td.none { background: var(--none); }
tr.gap td { padding: 2px 8px; background: var(--bar); color: var(--quiet); border-block: 1px solid var(--line); }
.added { background: var(--added-word); }
.removed { background: var(--removed-word); }
.changed-word { background: var(--changed-word); }
td.whole span { background: none; }
.note { color: var(--quiet); font-style: italic; }
footer { margin-top: 12px; color: var(--quiet); }
@media print { body { padding: 0; } th { position: static; } td { white-space: pre-wrap; overflow-wrap: anywhere; } }
`;
