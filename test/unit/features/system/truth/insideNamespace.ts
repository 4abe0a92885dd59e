import { spawnSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import type { NetworkResult } from '../../../../../src/features/system/core/network/schema';
import { networkTool } from '../../../../../src/features/system/networkTools';
import { ExpectedError } from '../../../../../src/lib/errors';
import { createLocalMachine } from '../../../../../src/machine/local';
import type { Machine } from '../../../../../src/machine/machine';
import { last, runContext } from '../core/control/fakeProcesses';

/**
 * Run by a test in network and mount namespaces of its own, which end with it: makes interfaces and prints what the tool
 * and what ip tell of them.
 */
const STEPS = [
  'mount -t sysfs sysfs /sys',
  'ip link set lo up',
  'ip link add ve0 type veth peer name ve1',
  'ip link add br0 type bridge',
  'ip link set ve1 master br0',
  'ip tuntap add dev tun0 mode tun',
  'ip tuntap add dev tap0 mode tap',
  'ip addr add 10.9.0.1/24 brd + dev br0',
  'ip addr add fd00:9::1/64 dev br0 nodad',
  'ip addr add 10.8.0.1 peer 10.8.0.2/32 dev ve0',
  'ip link set ve0 mtu 1400 txqueuelen 77 alias to\u00a0the\u00a0lab',
  'ip link set br0 up',
  'ip link set ve1 up',
  'ip link set ve0 up',
  'ip route add default via 10.9.0.9 dev br0',
  'ip route add blackhole 10.67.0.0/16',
  'ip route add 10.68.0.0/16 nexthop via 10.9.0.4 weight 1 nexthop via 10.9.0.5 weight 2',
  'ip route add 10.1.0.0/16 via 10.9.0.3 table 100',
  'ip rule add from 10.9.0.0/28 table 100',
  'ip -6 route add fd00:aa::/48 via fd00:9::2 metric 7',
];

function run(program: string, ...words: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(program, words, {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  if (status !== 0) throw new Error(`${program} ${words.join(' ')}: ${stderr}`);
  return stdout;
}

async function ask(machine: Machine): Promise<NetworkResult> {
  return last(networkTool.run(networkTool.input.parse({ allTables: true }), runContext(machine)));
}

/** Addresses that are still looked for on their link come, and their routes with them, within two seconds or so. */
async function settled(): Promise<void> {
  const deadline = Date.now() + 8_000;
  while (run('ip', '-6', 'addr').includes('tentative') && Date.now() < deadline) await pause(100);
}

async function main(): Promise<void> {
  for (const step of STEPS) {
    const [program = '', ...words] = step.split(' ').map((word) => word.replaceAll('\u00a0', ' '));
    run(program, ...words);
  }
  await settled();
  const machine = createLocalMachine();
  const missing: Machine = {
    ...machine,
    exec: () => Promise.reject(new ExpectedError('not-found', 'ip is not there')),
  };
  const json = (...words: readonly string[]): unknown => JSON.parse(run('ip', '-j', ...words) || '[]');
  const answer = {
    whole: await ask(machine),
    less: await ask(missing),
    links: json('-d', 'addr'),
    routes4: json('-4', 'route', 'show', 'table', 'all'),
    routes6: json('-6', 'route', 'show', 'table', 'all'),
    rules: [...run('ip', '-4', 'rule').trim().split('\n'), ...run('ip', '-6', 'rule').trim().split('\n')]
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  };
  await machine.dispose();
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

void main();
