import * as z from 'zod';

const end = z.object({
  text: z.string().describe('localhost:8080, [::1]:8080 or a path.'),
  host: z.string().nullable().describe('null for a unix socket; * is every interface.'),
  port: z.int().nullable().describe('null for a unix socket.'),
});
export type EndResult = z.infer<typeof end>;

const tunnel = z.object({
  kind: z.enum(['local', 'remote', 'dynamic']),
  spec: z.string().describe('As after -L, -R or -D of ssh, with the port that was found.'),
  listen: end.describe('On this computer; with remote, on the host.'),
  target: end.nullable().describe('As the host sees it; with remote, as this computer does. null for a SOCKS proxy.'),
  phase: z
    .enum(['open', 'waiting', 'closed'])
    .describe('waiting: the connection is lost and tried again; the listening end on this computer stays.'),
  openedAtMs: z.number().nullable().describe('Milliseconds since 1970 UTC; null where it was never open.'),
  sinceMs: z.number().describe('Since when it is in this phase, in milliseconds since 1970 UTC.'),
  openConnections: z.int(),
  totalConnections: z.int(),
  sentBytes: z.number().describe('Towards the target.'),
  receivedBytes: z.number(),
  losses: z.int().describe('How often the connection was lost.'),
  reason: z.string().describe('Why it waits or is closed; empty while it is open.'),
  lastFailure: z.object({ atMs: z.number(), message: z.string() }).nullable(),
  warnings: z.array(z.string()),
});
export type TunnelResult = z.infer<typeof tunnel>;

/** Where it begins and where it leads to. */
export type TunnelEnds = Pick<TunnelResult, 'kind' | 'listen' | 'target'>;

export const tunnelsResult = z.object({
  host: z.string(),
  tunnels: z.array(tunnel).describe('In the order in which they were asked for.'),
});
export type TunnelsResult = z.infer<typeof tunnelsResult>;
