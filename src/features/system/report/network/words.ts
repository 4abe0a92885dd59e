import * as l10n from '@vscode/l10n';
import type { InterfaceEntry, InterfaceKind } from '../../core/network/interfaceSchema';
import type { Words } from '../words';

/** In bits, as links are sold. */
export function speedText({ speedBitsPerSecond, duplex }: InterfaceEntry, words: Words): string | null {
  if (speedBitsPerSecond === null) return null;
  const [value, unit] =
    speedBitsPerSecond >= 1e9 ? [speedBitsPerSecond / 1e9, 'Gbit/s'] : [speedBitsPerSecond / 1e6, 'Mbit/s'];
  const speed = `${words.number(value)} ${unit}`;
  return duplex === 'half' ? l10n.t('{0}, half duplex', speed) : speed;
}

/** What an administrator would say of it. */
export function linkText({ administrativelyUp, running, carrier, state }: InterfaceEntry): string | null {
  if (administrativelyUp === null) return state;
  if (!administrativelyUp) return l10n.t('switched off');
  if (carrier === false) return l10n.t('no link');
  return running === true ? l10n.t('up') : state;
}

/** Names that everybody uses as they are stay as they are. */
export function kindText(kind: InterfaceKind): string {
  switch (kind) {
    case 'physical':
      return l10n.t('hardware');
    case 'wireless':
      return l10n.t('wireless');
    case 'loopback':
      return l10n.t('loopback');
    case 'bridge':
      return l10n.t('bridge');
    case 'tunnel':
      return l10n.t('tunnel');
    case 'virtual':
      return l10n.t('virtual');
    case 'unknown':
      return l10n.t('unknown');
    case 'vlan':
      return 'VLAN';
    case 'bond':
    case 'team':
    case 'macvlan':
    case 'ipvlan':
    case 'veth':
    case 'tun':
    case 'tap':
    case 'wireguard':
    case 'vxlan':
    case 'ppp':
    case 'dummy':
    case 'vrf':
      return kind;
  }
}
