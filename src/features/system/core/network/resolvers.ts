import type { NetworkResult } from './schema';

type Resolvers = NetworkResult['resolvers'];

/** /etc/resolv.conf, see resolv.conf(5). Of several `search` or `domain` lines the last one counts. */
export function parseResolvConf(text: string): Omit<Resolvers, 'upstream'> {
  const servers: string[] = [];
  const options: string[] = [];
  let search: string[] = [];
  for (const line of text.split('\n')) {
    const [keyword, ...values] = line
      .replace(/[#;].*$/, '')
      .split(/[ \t]+/)
      .filter((word) => word !== '');
    if (keyword === 'nameserver' && values[0] !== undefined) servers.push(values[0]);
    else if (keyword === 'search' || keyword === 'domain') search = values;
    else if (keyword === 'options') options.push(...values);
  }
  return { servers, search, options };
}

/** `upstream`: the file of systemd-resolved with the servers that its stub asks; '' where there is none. */
export function resolversOf(text: string, upstream: string): Resolvers {
  const own = parseResolvConf(text);
  const isStub = own.servers.some((server) => server === '127.0.0.53' || server === '127.0.0.54');
  return { ...own, upstream: isStub ? parseResolvConf(upstream).servers : [] };
}
