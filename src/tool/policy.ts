import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../lib/errors';
import { localName, type HostPolicy, type Machines } from '../machine/machines';
import type { AnyChangeTool } from './tool';

const NO_POLICY: HostPolicy = { readOnly: false, confirm: false, colour: null };

/** What the inventories say of that machine. */
export async function policyOf(machines: Machines, name: string, signal: AbortSignal): Promise<HostPolicy> {
  if (name === localName) return NO_POLICY;
  const { hosts } = await machines.inventory(signal);
  return hosts.find((host) => host.name === name)?.policy ?? NO_POLICY;
}

/** Before a tool changes anything. Throws ExpectedError('read-only'). */
export async function refuseChange(
  machines: Machines,
  tool: AnyChangeTool,
  input: unknown,
  machine: string,
  signal: AbortSignal,
): Promise<void> {
  const changed = tool.changedMachines?.(input, machine) ?? [machine];
  for (const name of changed) await refuseReadOnly(machines, name, signal);
}

/** Before anything is changed there. Throws ExpectedError('read-only'). */
export async function refuseReadOnly(machines: Machines, name: string, signal: AbortSignal): Promise<void> {
  if (!(await policyOf(machines, name, signal)).readOnly) return;
  throw new ExpectedError(
    'read-only',
    l10n.t('{0} is marked as read-only in its hosts file; Opsdeck changes nothing there.', name),
  );
}
