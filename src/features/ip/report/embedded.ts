import * as l10n from '@vscode/l10n';
import type { Fact, SectionBlock } from '../../../report/model';
import type { IpInspection } from '../core/inspection';

type Embedded = IpInspection['embedded'][number];

/** The one IPv4 address or network that a report goes on with, if there is exactly one. */
export function embeddedIpv4({ embedded }: IpInspection): string | undefined {
  for (const item of embedded) {
    if (item.kind === 'teredo') return item.client;
    if (item.kind === 'nat64-local') return item.candidates.length === 1 ? item.candidates[0]?.ipv4 : undefined;
    if (item.kind !== 'eui64') return item.ipv4;
  }
  return undefined;
}

/** `action`: the index of the action that inspects the embedded IPv4 address. */
export function embeddedSection(result: IpInspection, action: number | undefined): readonly SectionBlock[] {
  if (result.embedded.length === 0) return [];
  const items = result.embedded.flatMap((item) => factsOf(item, action));
  return [{ kind: 'section', title: l10n.t('Embedded addresses'), blocks: [{ kind: 'facts', items }] }];
}

function factsOf(item: Embedded, action: number | undefined): readonly Fact[] {
  switch (item.kind) {
    case 'teredo':
      return teredoFacts(item, action);
    case 'nat64-local':
      return item.candidates.map(({ prefix, ipv4 }) => ({
        label: l10n.t('IPv4 behind {0}', prefix),
        value: item.candidates.length === 1 ? linked(ipv4, action) : ipv4,
        code: true,
        note: l10n.t('if that is the NAT64 prefix in use (RFC 8215, RFC 6052)'),
      }));
    case 'eui64':
      return [{ label: l10n.t('MAC address'), value: item.mac, code: true, note: macNote(item.universal) }];
    case 'ipv4-mapped':
    case 'ipv4-compatible':
    case 'ipv4-translated':
    case '6to4':
    case 'nat64':
    case 'isatap':
      return [{ label: l10n.t('IPv4'), value: linked(item.ipv4, action), code: true, note: carrierNote(item.kind) }];
  }
}

function linked(text: string, action: number | undefined): Fact['value'] {
  return action === undefined ? text : { text, action };
}

function teredoFacts(item: Extract<Embedded, { kind: 'teredo' }>, action: number | undefined): readonly Fact[] {
  const cone = item.cone ? l10n.t('behind a cone NAT') : l10n.t('not behind a cone NAT');
  return [
    {
      label: l10n.t('Teredo client'),
      value: linked(item.client, action),
      code: true,
      note: l10n.t('its public address'),
    },
    { label: l10n.t('Teredo client port'), value: item.port, unit: 'plain' },
    { label: l10n.t('Teredo server'), value: item.server, code: true },
    { label: l10n.t('Teredo flags'), value: `0x${item.flags}`, code: true, note: cone },
  ];
}

function macNote(isUniversal: boolean): string {
  return isUniversal
    ? l10n.t('modified EUI-64, assigned by the manufacturer')
    : l10n.t('modified EUI-64, locally administered');
}

function carrierNote(kind: Exclude<Embedded['kind'], 'teredo' | 'nat64-local' | 'eui64'>): string {
  switch (kind) {
    case 'ipv4-mapped':
      return l10n.t('IPv4-mapped: IPv4 as a program on an IPv6 socket sees it');
    case 'ipv4-compatible':
      return l10n.t('IPv4-compatible: deprecated by RFC 4291');
    case 'ipv4-translated':
      return l10n.t('IPv4-translated: of the obsolete RFC 2765');
    case '6to4':
      return l10n.t("6to4: the site's router (RFC 3056)");
    case 'nat64':
      return l10n.t('NAT64 with the well-known prefix (RFC 6052)');
    case 'isatap':
      return l10n.t('ISATAP (RFC 5214)');
  }
}
