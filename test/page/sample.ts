import type { Block, Report } from '../../src/report/model';
import type { RunState, ShowMessage } from '../../src/report/protocol';
import { charts, disks, facts, processes, TAKEN_AT_MS } from './figures';

export function showMessage(report: Report | null, state: RunState = 'done', message = ''): ShowMessage {
  return {
    kind: 'show',
    request: { tool: 'system.overview', input: {}, machine: 'local' },
    state,
    report,
    takenAtMs: TAKEN_AT_MS,
    message,
  };
}

/** A system overview as an operator sees it, with every kind of block. `tick` moves the figures. */
export function sampleReport(tick = 0): Report {
  return {
    title: 'System overview of web-03',
    verdict: '/var is 91 % full and fills by 2.1 GiB an hour; processor, memory and network are not at fault.',
    status: 'warning',
    actions: [
      { kind: 'tool', label: 'Find large files in /var', tool: 'files.large', input: { folder: '/var' } },
      { kind: 'open', label: 'What await means', url: 'https://man7.org/linux/man-pages/man1/iostat.1.html' },
      { kind: 'tool', label: 'postgres', tool: 'system.process', input: { pid: 812 } },
      { kind: 'tool', label: 'Core switch', tool: 'ip.inspect', input: { address: '10.0.0.1' } },
    ],
    blocks: [
      facts(),
      ...charts(tick),
      {
        kind: 'text',
        style: 'note',
        text: 'Rates are means over the last second. Steal is 0 outside virtual machines.',
      },
      disks(),
      processes(tick),
      network(),
      path(),
    ],
  };
}

function network(): Block {
  return {
    kind: 'section',
    title: 'Reaching example.net',
    status: 'ok',
    summary: 'Answered in 143 ms over TLS 1.3.',
    blocks: [
      {
        kind: 'timeline',
        title: 'Request',
        unit: 'milliseconds',
        phases: [
          { label: 'Name look-up', start: 0, duration: 12.4 },
          { label: 'Connection', start: 12.4, duration: 28.1 },
          { label: 'TLS handshake', start: 40.5, duration: 61.7, status: 'warning', note: 'Two round trips' },
          { label: 'First byte', start: 102.2, duration: 38.9 },
          { label: 'Content', start: 141.1, duration: 1.9, status: 'ok' },
        ],
      },
      {
        kind: 'text',
        title: 'Answer',
        style: 'code',
        text: 'HTTP/2 200\nserver: nginx\ncontent-type: text/html; charset=utf-8',
      },
      { kind: 'text', style: 'prose', status: 'info', text: 'The certificate is valid for 61 more days.' },
    ],
  };
}

function path(): Block {
  return {
    kind: 'section',
    title: 'Path',
    status: 'unknown',
    summary: 'Hop 3 does not answer; later hops do, so it is not at fault.',
    blocks: [
      {
        kind: 'graph',
        title: 'Hops',
        direction: 'right',
        nodes: [
          { id: 'a', label: 'web-03', detail: '10.0.0.17', status: 'ok' },
          { id: 'b', label: 'core-1', detail: '10.0.0.1', status: 'ok', action: 3 },
          { id: 'c', label: '*', detail: 'no answer', status: 'unknown' },
          { id: 'd', label: 'example.net', detail: '93.184.215.14', status: 'warning' },
        ],
        edges: [
          { from: 'a', to: 'b', label: '0.4 ms', status: 'ok' },
          { from: 'b', to: 'c', status: 'unknown' },
          { from: 'c', to: 'd', label: '97 ms', status: 'warning' },
        ],
      },
      {
        kind: 'map',
        title: 'Places',
        places: [
          { id: 'fra', label: 'Frankfurt', latitude: 50.1, longitude: 8.7, status: 'ok' },
          { id: 'lon', label: 'London', latitude: 51.5, longitude: -0.1 },
          { id: 'nyc', label: 'New York', latitude: 40.7, longitude: -74, status: 'warning', detail: '76 ms' },
          { id: 'sfo', label: 'San Francisco', latitude: 37.8, longitude: -122.4, status: 'error' },
        ],
        lines: [
          { from: 'fra', to: 'lon' },
          { from: 'lon', to: 'nyc', status: 'warning' },
          { from: 'nyc', to: 'sfo', status: 'error' },
        ],
      },
    ],
  };
}

/** What ip.inspect answers: mostly facts in code. */
export function factsReport(): Report {
  const code = (
    label: string,
    value: string,
    note?: string,
  ): { label: string; value: string; code: true; note?: string } => ({
    label,
    value,
    code: true,
    ...(note === undefined ? {} : { note }),
  });
  return {
    title: '192.168.10.37/26',
    verdict: 'A host in 192.168.10.0/26, a private network of 62 usable addresses (RFC 1918).',
    status: 'info',
    blocks: [
      {
        kind: 'facts',
        title: 'Network',
        items: [
          code('Address', '192.168.10.37'),
          code('Network', '192.168.10.0/26'),
          code('Broadcast', '192.168.10.63'),
          code('First host', '192.168.10.1'),
          code('Last host', '192.168.10.62'),
          { label: 'Addresses', value: 64, unit: 'number' },
          code('Netmask', '255.255.255.192'),
          code('Wildcard mask', '0.0.0.63'),
          { label: 'Category', value: { text: 'Private-Use', status: 'info' }, note: 'RFC 1918' },
        ],
      },
      {
        kind: 'facts',
        title: 'Other forms',
        items: [
          code('Integer', '3232238117'),
          code('Hexadecimal', '0xC0A80A25'),
          code('Binary', '11000000.10101000.00001010.00100101'),
          code('Mapped into IPv6', '::ffff:192.168.10.37', 'RFC 4291, section 2.5.5.2'),
          code('6to4 prefix', '2002:c0a8:0a25::/48'),
          code('Reverse name', '37.10.168.192.in-addr.arpa'),
        ],
      },
    ],
  };
}
