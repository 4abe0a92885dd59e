import { z } from 'zod';

const nullableText = z.string().nullable();

export const hostSchema = z.object({
  name: z.string().describe('What SSH is told: an alias, a name or an address.'),
  sources: z
    .array(
      z.object({
        kind: z.enum(['ssh-config', 'known-hosts', 'ansible', 'hosts-file']),
        file: z.string(),
        line: z.number().describe('From 1.'),
      }),
    )
    .describe('Where the host stands; the first decides.'),
  address: nullableText.describe('Where a file says so; else the SSH configuration does.'),
  port: z.number().nullable(),
  user: nullableText,
  groups: z.array(z.string()).describe("'web', or 'shop/web' within a group."),
  tags: z.array(z.string()),
  note: z.string(),
  policy: z.object({
    readOnly: z.boolean().describe('Tools that change something are refused.'),
    confirm: z.boolean().describe('Every run asks first.'),
    colour: nullableText,
  }),
});

export const inventorySchema = z.object({
  hosts: z.array(hostSchema),
  problems: z.array(
    z.object({
      file: z.string(),
      line: z.number().nullable().describe('null where it is about the whole file.'),
      message: z.string(),
    }),
  ),
});

export type HostsResult = z.infer<typeof inventorySchema>;
