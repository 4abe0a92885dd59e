import type { Report } from '../../src/report/model';

/** Texts that a careless page would take for markup, script or the end of an attribute. */
export const HOSTILE = '<img src=x onerror="window.__hacked=1"><script>window.__hacked=1</script>&amp;"\'`';

/** Every text of a report replaced by markup; nothing of it may become an element. */
export function hostileReport(): Report {
  const fake = (text: string): string => `${text} ${HOSTILE}`;
  return {
    title: fake('title'),
    verdict: fake('verdict'),
    status: 'error',
    actions: [{ kind: 'copy', label: fake('action'), text: '' }],
    blocks: [
      {
        kind: 'facts',
        title: fake('facts'),
        items: [{ label: fake('label'), value: fake('value'), note: fake('note') }],
      },
      {
        kind: 'table',
        id: fake('table'),
        title: fake('table'),
        columns: [{ id: fake('column'), title: fake('column'), description: fake('description') }],
        rows: [[fake('cell')], [{ text: fake('rich'), status: 'error' }], ['hidden \u202e\u200b end']],
        rowKeys: [fake('key 1'), fake('key 2'), fake('key 3')],
      },
      { kind: 'text', style: 'code', title: fake('code'), text: fake('code') },
      { kind: 'text', style: 'prose', text: fake('prose') },
      {
        kind: 'timeline',
        title: fake('timeline'),
        unit: 'milliseconds',
        phases: [{ label: fake('phase'), start: 0, duration: 1, note: fake('note') }],
      },
      {
        kind: 'series',
        id: fake('series'),
        title: fake('series'),
        unit: 'number',
        times: [1, 2],
        lines: [{ label: fake('line'), values: [1, 2] }],
      },
      {
        kind: 'graph',
        title: fake('graph'),
        direction: 'down',
        nodes: [{ id: 'a', label: HOSTILE, detail: HOSTILE }],
        edges: [{ from: 'a', to: 'a', label: HOSTILE }],
      },
      { kind: 'map', title: fake('map'), places: [{ id: 'a', label: HOSTILE, latitude: 1, longitude: 1 }], lines: [] },
      { kind: 'section', title: fake('section'), summary: fake('summary'), blocks: [] },
    ],
  };
}
