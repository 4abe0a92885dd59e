import type { Block, Report } from '../../src/report/model';
import { hostileBlocks } from './hostileBlocks';

/** 2026-11-23 22:00:00 UTC. */
const START_MS = Date.UTC(2026, 10, 23, 22);

/** Every kind of block with every option, as tools make them; and the same again with texts that mean harm. */
export const sampleReport: Report = {
  title: 'web-1: system overview',
  verdict: 'The disk /var is 94 % full and fills in about 3 hours; CPU, memory and network are not at fault.',
  status: 'warning',
  blocks: [
    facts(),
    disks(),
    processes(),
    cpu(),
    memory(),
    requestPhases(),
    route(),
    places(),
    {
      kind: 'text',
      title: 'Notes',
      style: 'prose',
      status: 'info',
      text: 'Sampled on Linux from /proc.\nTwo counters stepped back.\n\nA reboot is pending.',
    },
    { kind: 'text', title: '/proc/loadavg', style: 'code', text: '0.52 0.58 0.59\t1/977 12345\n' },
    { kind: 'text', style: 'note', text: 'Temperatures could not be read: permission denied.' },
    output(),
    network(),
    ...empties(),
    hostileBlocks(),
  ],
  moments: { times: [START_MS - 60_000, START_MS], shown: 1 },
  actions: [
    { kind: 'tool', label: 'Show processes', tool: 'system.processes', input: { sort: 'io' } },
    { kind: 'copy', label: 'Copy the address', text: '192.0.2.10' },
    { kind: 'open', label: 'Runbook', url: 'https://example.com/runbooks/disk-full?host=web-1' },
    { kind: 'open', label: 'Not a link', url: 'javascript:alert(1)' },
  ],
};

/** As a program with colours writes: the 16, one of the 256, any other, and what stands behind the text. */
function output(): Block {
  const sgr = (parameters: string, text: string): string => `\u001b[${parameters}m${text}\u001b[0m`;
  const lines = [
    `nginx.conf:3: ${sgr('1;33', 'warning')}: the "user" directive makes sense only with ${sgr('3', 'root')}`,
    `${sgr('32', 'ok')}  ${sgr('38;5;208', '208')} ${sgr('38;2;120;90;255', 'any')} ${sgr('30;41', 'behind')} ${sgr('7', 'inverse')}`,
    `${sgr('2', 'dim')} ${sgr('4', 'underlined')} ${sgr('9', 'struck')} ${sgr('4;9;91', 'both')}\t\`\`\` <b>text</b>`,
  ];
  return { kind: 'terminal', title: 'nginx -t', text: `${lines.join('\n')}\n` };
}

function facts(): Block {
  return {
    kind: 'facts',
    title: 'Host',
    items: [
      { label: 'Name', value: 'web-1.example.com', code: true },
      { label: 'Up', value: 1_050_245, unit: 'seconds', note: 'since the kernel update' },
      { label: 'Booted', value: START_MS - 1_050_245_000, unit: 'time' },
      { label: 'Kernel', value: '6.12.48+deb13-amd64', code: true },
      { label: 'Load', value: { value: 3.42, status: 'warning' }, unit: 'number', note: '4 cores' },
      { label: 'Memory used', value: { value: 61.4, fraction: 0.614, status: 'ok' }, unit: 'percent' },
      { label: 'Clock', value: { status: 'unknown' } },
      { label: 'Battery', value: null },
      { label: 'Process id', value: 12345, unit: 'plain' },
    ],
  };
}

function disks(): Block {
  return {
    kind: 'table',
    id: 'disks',
    title: 'Disks',
    columns: [
      { id: 'mount', title: 'Mounted on', code: true },
      { id: 'used', title: 'Used', unit: 'percent' },
      { id: 'free', title: 'Free', unit: 'bytes' },
      { id: 'read', title: 'Read', unit: 'bytesPerSecond' },
      { id: 'operations', title: 'Operations', unit: 'perSecond' },
      { id: 'await', title: 'Await', unit: 'milliseconds', description: 'mean time of an operation, waiting included' },
      { id: 'state', title: 'State' },
    ],
    rows: [
      ['/', { value: 41.2, fraction: 0.412 }, 58.6e9, 12_345, 3.2, 0.41, { text: 'healthy', status: 'ok' }],
      ['/var', { value: 94.1, fraction: 0.941, status: 'warning' }, 4.7e9, 8_432_100, 412, 18.6, 'filling'],
      [
        '/srv/备份',
        { value: 99.9, fraction: 0.999, status: 'error' },
        12e6,
        0,
        0,
        null,
        { text: 'read-only', status: 'error' },
      ],
      ['/mnt/nas', null, null, null, null, null, { text: 'no answer', status: 'unknown', action: 0 }],
    ],
    rowKeys: ['root', 'var', 'backup', 'nas'],
    sort: { column: 'used', direction: 'descending' },
  };
}

function processes(): Block {
  return {
    kind: 'table',
    id: 'processes',
    title: 'Processes',
    columns: [
      { id: 'pid', title: 'PID', unit: 'plain' },
      { id: 'name', title: 'Name', code: true },
      { id: 'cpu', title: 'CPU', unit: 'percent' },
      { id: 'nice', title: 'Nice', unit: 'plain', hidden: true },
      { id: 'user', title: 'User' },
    ],
    rows: [
      [612, 'nginx', 0.4, 0, 'root'],
      [1, 'systemd', 0.1, 0, 'root'],
      [614, 'nginx', 12.5, 0, { text: 'www-data', status: 'info' }],
      [2, 'kthreadd', 0, 0, 'root'],
      [613, 'nginx', 31, 0, 'www-data'],
      [900, '-bash', 0, -5, 'anna'],
    ],
    rowKeys: ['612', '1', '614', '2', '613', '900'],
    parents: [1, null, 0, null, 0, 1],
    sort: { column: 'cpu', direction: 'descending' },
    menu: {
      actions: [
        { label: 'Show Process', tool: 'system.process' },
        { label: 'Terminate…', tool: 'system.terminate', input: { graceSeconds: 5 }, group: true },
      ],
      inputs: [{ pid: 612 }, null, { pid: 614 }, null, { pid: 613 }, { pid: 900 }],
    },
  };
}

function cpu(): Block {
  const times = Array.from({ length: 61 }, (_, index) => START_MS + index * 5000);
  const wave = (mean: number, swing: number, speed: number) =>
    times.map((_, index) => Math.round((mean + swing * Math.sin(index / speed)) * 10) / 10);
  return {
    kind: 'series',
    id: 'cpu',
    title: 'CPU',
    unit: 'percent',
    times,
    lines: [
      { label: 'user', values: wave(38, 14, 6) },
      { label: 'system', values: wave(12, 5, 4) },
      { label: 'I/O wait', values: wave(8, 7, 9).map((value, index) => (index > 30 && index < 36 ? null : value)) },
    ],
    stacked: true,
    min: 0,
    max: 100,
  };
}

function memory(): Block {
  const times = Array.from({ length: 40 }, (_, index) => START_MS + index * 60_000);
  return {
    kind: 'series',
    id: 'memory',
    title: 'Memory',
    unit: 'bytes',
    times,
    lines: [
      { label: 'used', values: times.map((_, index) => 5.2e9 + index * 4.1e7) },
      { label: 'cached', values: times.map((_, index) => (index % 13 === 12 ? null : 3.1e9 - index * 2.2e7)) },
      { label: 'swap', values: times.map(() => null) },
    ],
  };
}

function requestPhases(): Block {
  return {
    kind: 'timeline',
    title: 'GET https://example.com/',
    unit: 'milliseconds',
    phases: [
      { label: 'DNS', start: 0, duration: 12.4, status: 'ok', note: '93.184.215.14 from 192.0.2.53' },
      { label: 'Connect', start: 12.4, duration: 28.9 },
      { label: 'TLS 1.3', start: 41.3, duration: 31.2 },
      { label: 'Request sent', start: 72.5, duration: 0 },
      { label: 'Waiting', start: 72.6, duration: 412.7, status: 'warning', note: 'the server thinks' },
      { label: 'Download', start: 485.3, duration: 35.1 },
    ],
  };
}

function route(): Block {
  return {
    kind: 'graph',
    title: 'Path',
    direction: 'right',
    nodes: [
      { id: 'here', label: 'web-1', detail: '192.0.2.10', status: 'info' },
      { id: 'gateway', label: 'gateway', detail: '192.0.2.1', status: 'ok' },
      { id: 'a', label: 'core-a.isp.example', detail: '198.51.100.1' },
      { id: 'b', label: 'core-b.isp.example', detail: '198.51.100.2', status: 'warning' },
      { id: 'silent', label: '(silent)', status: 'unknown' },
      { id: 'target', label: 'example.com', detail: '203.0.113.80', status: 'error', action: 1 },
    ],
    edges: [
      { from: 'here', to: 'gateway', label: '0.3 ms' },
      { from: 'gateway', to: 'a', label: '4.1 ms' },
      { from: 'gateway', to: 'b', label: '38 ms', status: 'warning' },
      { from: 'a', to: 'silent' },
      { from: 'b', to: 'silent' },
      { from: 'silent', to: 'target', label: 'refused', status: 'error' },
      { from: 'target', to: 'lost' },
    ],
  };
}

function places(): Block {
  return {
    kind: 'map',
    title: 'Where the path goes',
    places: [
      { id: 'ber', label: 'Berlin', latitude: 52.52, longitude: 13.4, detail: 'web-1', status: 'info' },
      { id: 'fra', label: 'Frankfurt', latitude: 50.11, longitude: 8.68 },
      { id: 'lon', label: 'London', latitude: 51.51, longitude: -0.13, status: 'warning' },
      { id: 'mad', label: 'Madrid', latitude: 40.42, longitude: -3.7, detail: 'example.com', status: 'error' },
    ],
    lines: [
      { from: 'ber', to: 'fra' },
      { from: 'fra', to: 'lon' },
      { from: 'lon', to: 'mad', status: 'error' },
    ],
  };
}

function network(): Block {
  return {
    kind: 'section',
    title: 'Network',
    status: 'ok',
    summary: 'Both interfaces are up.',
    blocks: [
      {
        kind: 'table',
        id: 'interfaces',
        columns: [
          { id: 'name', title: 'Interface' },
          { id: 'speed', title: 'Clock', unit: 'hertz' },
        ],
        rows: [
          ['eth10', 1.25e9],
          ['eth2', 1e6],
          ['lo', { value: 45.5, unit: 'celsius' }],
        ],
        sort: { column: 'name', direction: 'ascending' },
      },
      {
        kind: 'section',
        title: 'Sensors',
        collapsed: true,
        summary: 'Nothing is hot.',
        blocks: [
          {
            kind: 'facts',
            items: [
              { label: 'CPU', value: 45.5, unit: 'celsius' },
              { label: 'Fan', value: 1200, unit: 'rpm' },
              { label: 'Rail', value: 12.06, unit: 'volts' },
              { label: 'Package', value: 38.4, unit: 'watts' },
            ],
          },
        ],
      },
    ],
  };
}

function empties(): readonly Block[] {
  return [
    {
      kind: 'section',
      title: 'Nothing found',
      status: 'unknown',
      collapsed: true,
      blocks: [
        {
          kind: 'table',
          id: 'users',
          title: 'Users',
          columns: [{ id: 'name', title: 'Name' }],
          rows: [],
          empty: 'Nobody is logged in.',
        },
        { kind: 'series', id: 'none', title: 'Pressure', unit: 'percent', times: [], lines: [] },
        { kind: 'graph', direction: 'down', nodes: [], edges: [] },
        { kind: 'map', places: [], lines: [] },
        { kind: 'terminal', title: 'Errors', text: '', empty: 'No errors.' },
        { kind: 'terminal', text: '' },
        { kind: 'timeline', unit: 'seconds', phases: [] },
        { kind: 'facts', items: [] },
      ],
    },
  ];
}
