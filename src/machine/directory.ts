import type { HostSettings } from './hostSettings';
import type { OwnedMachines } from './machines';
import type { DirectoryParts } from './needs';
import type { SshHosts } from './ssh/hosts';

/** This machine, and every host that SSH reaches. What is needed for SSH is loaded when a host is first asked for. */
export function createMachines(parts: DirectoryParts): OwnedMachines {
  const { local } = parts;
  let tell: (settings: HostSettings) => void = () => undefined;
  let settings =
    parts.settings === null
      ? new Promise<HostSettings>((resolve) => (tell = resolve))
      : Promise.resolve(parts.settings);
  let loaded: Promise<SshHosts> | undefined;
  const hosts = (): Promise<SshHosts> =>
    (loaded ??= import('./ssh/hosts').then((module) => new module.SshHosts({ ...parts, settings: () => settings })));
  return {
    inventory: async (signal) => (await hosts()).inventory(signal),
    open: async (name, signal) => (name === local.name ? local : (await hosts()).open(name, signal)),
    check: async (name, signal) => (await hosts()).check(name, signal),
    tunnel: async (name, spec, signal) => (await hosts()).tunnel(name, spec, signal),
    disconnect: async (name) => (await loaded)?.disconnect(name),
    configure: (next) => {
      tell(next);
      settings = Promise.resolve(next);
      void loaded?.then((made) => made.forget());
    },
    close: async () => {
      await (await loaded)?.close();
      await local.dispose();
    },
  };
}
