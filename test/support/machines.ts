import { createMachines } from '../../src/machine/directory';
import { DEFAULT_HOST_SETTINGS } from '../../src/machine/hostSettings';
import { createLocalMachine } from '../../src/machine/local';
import type { OwnedMachines } from '../../src/machine/machines';
import { NO_SECRETS, QUIET_LOG } from './runContext';

/** The hosts of an SSH configuration of the test's own (and of inventories), with nobody to ask. */
export function machinesOf(configFile: string | null, inventoryFiles: readonly string[] = []): OwnedMachines {
  return createMachines({
    local: createLocalMachine(),
    settings: { ...DEFAULT_HOST_SETTINGS, configFile, inventoryFiles, trusted: true },
    person: null,
    secrets: NO_SECRETS,
    log: QUIET_LOG,
    onConnected: () => undefined,
  });
}
