import { z } from 'zod';

/*
 * The format of `*.hosts.yaml`:
 *
 *     hosts:
 *       web[01-20]: { user: deploy, tags: [prod] }
 *       db[a-c]:
 *         note: primary is dba
 *         policy: { readOnly: true, colour: red }
 *       gateway: { address: 10.0.0.1, port: 2222 }
 *     groups:
 *       shop:
 *         policy: { confirm: true }
 *         hosts: ["web[01-20]"]
 *         groups:
 *           data: { hosts: ["db[a-c]"], user: postgres }
 *
 * `hosts` is a map, or a list of names where nothing more is to be said. What a group says holds for its hosts and its
 * groups' hosts; what is nearer to the host wins, tags are united. A group may name hosts that stand nowhere else.
 */

const policy = z
  .strictObject({
    readOnly: z.boolean().describe('Tools that change something are refused.').optional(),
    confirm: z.boolean().describe('Every run asks first.').optional(),
    colour: z
      .enum(['red', 'orange', 'yellow', 'green', 'blue', 'purple'])
      .describe('Marks the host wherever it is shown.')
      .optional(),
  })
  .describe('What may be done to the hosts.');

const user = z.string().min(1).describe('The user to log in as; otherwise what the SSH configuration says.');
const port = z.int().min(1).max(65_535).describe('The port of the SSH server.');
const tags = z.array(z.string().min(1)).describe('Words to choose hosts by.');

export const hostEntry = z.strictObject({
  address: z.string().min(1).describe('A name or an IP address, where the name of the host is not enough.').optional(),
  user: user.optional(),
  port: port.optional(),
  tags: tags.optional(),
  note: z.string().describe('Anything worth knowing.').optional(),
  policy: policy.optional(),
});

const hosts = z
  .union([z.array(z.string().min(1)), z.record(z.string().min(1), hostEntry.nullable())])
  .describe('Hosts by name; a name may hold ranges: web[01-20], db[a-c], rack[1-3]-node[01-04].');

/** What a group says of all its hosts. */
export const groupEntry = z.strictObject({
  user: user.optional(),
  port: port.optional(),
  tags: tags.optional(),
  policy: policy.optional(),
});

const group = groupEntry.extend({
  hosts: hosts.optional(),
  // Its own type cannot be told from within itself.
  get groups(): z.ZodType {
    return z.record(z.string().min(1), group.nullable()).describe('Groups within this one.').optional();
  },
});

const hostsFile = z
  .strictObject({
    hosts: hosts.optional(),
    groups: z.record(z.string().min(1), group.nullable()).describe('Groups by name.').optional(),
  })
  .describe('Hosts and groups of Opsdeck.');

export type HostEntry = z.infer<typeof hostEntry>;
export type GroupEntry = z.infer<typeof groupEntry>;

/** The format as JSON schema, for completion and checks in editors: in the draft that all of them know. */
export const hostsFileSchema = z.toJSONSchema(hostsFile, { target: 'draft-7' });
