import type { Block, SectionBlock } from '../../src/report/model';

/** What a server, a file name or a TXT record could hold to be taken for markup, a formula or a command. */
export const HOSTILE_TEXTS: readonly string[] = [
  '<img src=x onerror=alert(1)>',
  '"><script>alert(1)</script>',
  "' onmouseover='alert(1)",
  '</title></style><svg onload=alert(1)>',
  "=cmd|' /C calc'!A0",
  '+1+1;=HYPERLINK("http://evil.example","click")',
  '@SUM(A1:A2)',
  '-5',
  '-5+cmd',
  'a | b \\| c',
  'line one\nline two\r\n# heading\n- item',
  '`` code ` tick',
  '`',
  '[link](javascript:alert(1)) ![image](http://evil.example/x.png)',
  '**bold** _it_ snake_case ~~no~~ $x$ &lt; &amp;',
  '1. one\n2) two',
  '---',
  '===',
  '\u202Egnp.exe',
  'bell\u0007 escape \u001b[31mred null\u0000 csi\u009b31m',
  'zero\u200bwidth \ufeffbom \u2028separator',
  '中文字符与 English 混排，全角：！',
  'emoji 👩‍💻 é combining é',
  'lone \ud800 surrogate',
  'constructor',
  '__proto__',
  '',
  ' leading and trailing ',
  '\ttab',
  'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'.repeat(2),
];

/** All of them in every place of every block where a text can stand. */
export function hostileBlocks(): SectionBlock {
  return {
    kind: 'section',
    title: at(0),
    summary: at(1),
    status: 'error',
    blocks: [...lists(), ...texts(), ...drawings()],
  };
}

function at(index: number): string {
  return HOSTILE_TEXTS[index % HOSTILE_TEXTS.length] ?? '';
}

function lists(): readonly Block[] {
  return [
    {
      kind: 'facts',
      title: at(10),
      items: HOSTILE_TEXTS.map((label, index) => ({
        label,
        value: at(index + 1),
        note: at(index + 2),
        code: index % 2 === 0,
      })),
    },
    {
      kind: 'table',
      id: 'hostile',
      title: at(4),
      columns: [
        { id: 'text', title: at(9), description: at(3) },
        { id: 'code', title: at(11), code: true },
        { id: 'rich', title: at(5) },
        { id: 'number', title: at(18), unit: 'number' },
      ],
      rows: HOSTILE_TEXTS.map((text, index) => [
        text,
        text,
        { text, status: 'warning' },
        index % 3 === 0 ? -index : NaN,
      ]),
      parents: HOSTILE_TEXTS.map((_text, index) => (index % 4 === 0 ? null : index - 1)),
      menu: {
        actions: HOSTILE_TEXTS.map((text) => ({ label: text, tool: text })),
        inputs: HOSTILE_TEXTS.map((text) => ({ text })),
      },
    },
  ];
}

function texts(): readonly Block[] {
  return [
    { kind: 'text', style: 'prose', title: at(1), text: HOSTILE_TEXTS.join('\n') },
    { kind: 'text', style: 'code', title: at(12), text: `${HOSTILE_TEXTS.join('\n')}\n\`\`\`\n</code></pre>` },
    { kind: 'text', style: 'note', text: HOSTILE_TEXTS.slice(8, 18).join('\n\n') },
  ];
}

function drawings(): readonly Block[] {
  const some = HOSTILE_TEXTS.slice(0, 12);
  return [
    {
      kind: 'timeline',
      title: at(13),
      unit: 'seconds',
      phases: some.slice(0, 6).map((label, index) => ({ label, start: index / 10, duration: 0.25, note: label })),
    },
    {
      kind: 'series',
      id: 'hostile-series',
      title: at(14),
      unit: 'milliseconds',
      times: [0],
      lines: some.slice(0, 3).map((label, index) => ({ label, values: [index] })),
    },
    {
      kind: 'graph',
      title: at(15),
      direction: 'down',
      nodes: some.map((label, index) => ({ id: at(index + 14), label, detail: at(index + 3) })),
      edges: some.slice(1).map((label, index) => ({ from: at(index + 14), to: at(index + 15), label })),
    },
    {
      kind: 'map',
      title: at(21),
      places: some.slice(0, 5).map((label, index) => ({
        id: at(index),
        label,
        detail: label,
        latitude: index * 9 - 30,
        longitude: index * 70 - 170,
      })),
      lines: [
        { from: at(0), to: at(1) },
        { from: at(2), to: 'nowhere' },
      ],
    },
  ];
}
