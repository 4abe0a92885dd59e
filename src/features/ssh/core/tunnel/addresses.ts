import type { EndResult, TunnelEnds } from './schema';

const TLS_PORTS = new Set([443, 4443, 6443, 8443, 9443]);
/** For '*' and its like: what a program of this machine connects to. */
const EVERYWHERE = new Set(['*', '0.0.0.0', '::']);

/** What a program on this machine connects to: 'localhost:8080', or the path of a socket. */
export function localAddress({ host, port, text }: EndResult): string {
  return host !== null && EVERYWHERE.has(host) ? `localhost:${port}` : text;
}

/** Where a browser would look; null for what no browser reaches. By its port one can tell that the target wants TLS. */
export function localUrl({ kind, listen, target }: TunnelEnds): string | null {
  if (kind !== 'local' || listen.port === null || listen.port === 0 || target === null) return null;
  const tls = target.port !== null && TLS_PORTS.has(target.port);
  return `${tls ? 'https' : 'http'}://${localAddress(listen)}/`;
}

/** How programs are told of a SOCKS proxy; the names are looked up on the host (socks5h). */
export function socksLines(listen: EndResult): readonly string[] {
  const address = localAddress(listen);
  const url = `socks5h://${address}`;
  return [
    url,
    `export ALL_PROXY=${url}`,
    `curl --proxy ${url} https://example.com/`,
    `chromium --proxy-server=socks5://${address}`,
    `git -c http.proxy=${url} fetch`,
    `ssh -o ProxyCommand='nc -X 5 -x ${address} %h %p' HOST`,
  ];
}
