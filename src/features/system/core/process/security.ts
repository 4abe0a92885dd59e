import { decodeBytes } from '../kernel/bytes';
import { capabilitiesOf, lackedCapabilities } from '../kernel/capabilities';
import { parseNamespaceLink } from '../kernel/namespaces';
import { count, singleValue } from '../kernel/text';
import { countOf, countsOf, type Fields } from './fields';
import type { ProcessReading } from './reading';
import type { Security } from './schema/rest';
import { textOf } from './texts';

/** -1 as the kernel writes it: nobody logged in. */
const NO_LOGIN = 4_294_967_295;

export function securityOf(reading: ProcessReading): Security {
  const { status, stat, surroundings } = reading;
  const capabilities = capabilitiesIn(status);
  const last = surroundings.lastCapability;
  const loginUid = count(singleValue(surroundings.texts.get(`/proc/${stat.pid}/loginuid`)) ?? undefined);
  const label = singleValue(surroundings.texts.get(`/proc/${stat.pid}/attr/current`))?.replace(/\0+$/, '');
  const noNewPrivileges = countOf(status, 'NoNewPrivs');
  return {
    capabilities,
    lacked: capabilities === null || last === null ? null : [...lackedCapabilities(capabilities.effective, last)],
    seccomp: SECCOMP[countOf(status, 'Seccomp') ?? -1] ?? null,
    seccompFilters: countOf(status, 'Seccomp_filters'),
    noNewPrivileges: noNewPrivileges === null ? null : noNewPrivileges === 1,
    label: label === undefined || label === '' ? null : decodeBytes(label),
    tracerPid: countOf(status, 'TracerPid') || null,
    umask: status.get('Umask') ?? null,
    namespaces: namespacesOf(reading),
    namespacePids: [...countsOf(status, 'NSpid')],
    loginUid: loginUid === NO_LOGIN ? null : loginUid,
  };
}

const SECCOMP = ['off', 'strict', 'filter'] as const;

function capabilitiesIn(status: Fields): Security['capabilities'] {
  const set = (name: string): string[] | null => {
    const names = capabilitiesOf(status.get(name) ?? '');
    return names === null ? null : [...names];
  };
  const [effective, permitted, inheritable] = [set('CapEff'), set('CapPrm'), set('CapInh')];
  if (effective === null || permitted === null || inheritable === null) return null;
  // The ambient set is of 4.3.
  return { effective, permitted, inheritable, bounding: set('CapBnd') ?? [], ambient: set('CapAmb') ?? [] };
}

function namespacesOf({ stat, surroundings: { texts } }: ProcessReading): Security['namespaces'] {
  const own = `/proc/${stat.pid}/ns`;
  return (textOf(texts, own) ?? '').split('\0').flatMap((kind) => {
    const link = parseNamespaceLink(textOf(texts, `${own}/${kind}`) ?? '');
    if (link === null) return [];
    const first = parseNamespaceLink(textOf(texts, `/proc/1/ns/${kind}`) ?? '');
    return [{ kind, inode: link.inode, differs: first === null ? null : first.inode !== link.inode }];
  });
}
