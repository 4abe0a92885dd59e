import { SERVICE_STATES, type Service, type ServicesInput } from './schema';

export function matchesFilter(service: Service, { state, name }: ServicesInput): boolean {
  return matchesState(service, state) && (name === undefined || matchesName(service.id, name));
}

function matchesState({ state, enabled }: Service, wanted: ServicesInput['state']): boolean {
  switch (wanted) {
    case 'all':
      return true;
    case 'running':
      return state === 'running';
    case 'failed':
      return state === 'failed' || state === 'restarting';
    case 'active':
      return state === 'active' || state === 'running';
    case 'inactive':
      return state === 'inactive' || state === 'not-found';
    case 'enabled':
      return enabled !== null && enabled.startsWith('enabled');
    case 'disabled':
      return enabled === 'disabled';
  }
}

/** Without a star the text may stand anywhere; with one the whole name has to fit, its ending aside. */
export function matchesName(id: string, pattern: string): boolean {
  const name = id.toLowerCase();
  const wanted = pattern.toLowerCase();
  if (!wanted.includes('*')) return name.includes(wanted);
  const parts = wanted.split('*');
  return fits(name, parts) || fits(name.slice(0, Math.max(0, name.lastIndexOf('.'))), parts);
}

/** By hand: a regular expression of many stars may take for ever. */
function fits(name: string, parts: readonly string[]): boolean {
  const [first = '', ...rest] = parts;
  const last = rest.pop() ?? '';
  if (!name.startsWith(first) || name.length < first.length + last.length || !name.endsWith(last)) return false;
  let at = first.length;
  const end = name.length - last.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found === -1 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}

/** What needs somebody first, then what runs, then the rest; by name. */
export function sortedServices(services: readonly Service[]): Service[] {
  const rank = ({ state }: Service): number => SERVICE_STATES.indexOf(state);
  return [...services].sort(
    (one, other) => rank(one) - rank(other) || (one.id < other.id ? -1 : one.id > other.id ? 1 : 0),
  );
}
