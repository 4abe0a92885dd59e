import * as assert from 'node:assert/strict';
import { collectOverviews } from '../../../../../../src/features/system/core/overview/collect';
import type { SystemOverview } from '../../../../../../src/features/system/core/overview/schema/overview';
import { overviewTree, statusBarText } from '../../../../../../src/features/system/core/overview/tree';
import type { TreeItem } from '../../../../../../src/features/system/core/treeItem';
import { fakeClock, fixtureMachine } from '../../../../../support/fixtureMachine';

async function overviewsOf(folder: string): Promise<readonly SystemOverview[]> {
  const machine = fixtureMachine(folder);
  const results: SystemOverview[] = [];
  const signal = new AbortController().signal;
  for await (const result of collectOverviews({ machine, signal, live: false, clock: fakeClock() }))
    results.push(result);
  return results;
}

async function treeOf(folder: string): Promise<readonly TreeItem[]> {
  const overview = (await overviewsOf(folder)).at(-1);
  assert.ok(overview);
  return overviewTree(overview);
}

const flat = (items: readonly TreeItem[]): readonly TreeItem[] =>
  items.flatMap((item) => [item, ...flat(item.children)]);

describe('the tree', () => {
  it('has a line for everything that the machine has', async () => {
    const tree = await treeOf('laptop-6.8');
    assert.deepEqual(
      tree.map((item) => `${item.label}: ${item.description}`),
      [
        'CPU: 9.5%',
        'Load: 0.91  1.02  0.88',
        'Memory: 92% · 14.2 GiB of 15.4 GiB',
        'Swap: 88% · 7.04 GiB of 8 GiB',
        'Pressure: CPU 2.2% · Memory 14% · I/O 6.2% · Interrupts 0%',
        'File Systems: fullest 98%',
        'Block Devices: 2',
        'Interfaces: 2 of 3 up',
        'Sensors: hottest 101 °C',
        'Users: 2',
        'Uptime: 23 h 7 min',
      ],
    );
  });

  it('leaves out what it has not', async () => {
    const labels = (await treeOf('docker-cgroup1-4.15')).map((item) => item.label);
    assert.ok(!labels.includes('Swap') && !labels.includes('Sensors') && !labels.includes('Pressure'), labels.join());
    assert.ok(labels.includes('Limits'));
  });

  it('marks what is wrong, and what holds it', async () => {
    const tree = await treeOf('laptop-6.8');
    const status = (id: string): string | undefined => flat(tree).find((item) => item.id === id)?.status;
    assert.equal(status('fileSystem//'), 'error');
    assert.equal(status('fileSystems'), 'error');
    assert.equal(status('fileSystem//boot/efi'), 'ok');
    assert.equal(status('sensor/hwmon10/temp1'), 'warning');
    assert.equal(status('memory'), 'warning');
    assert.equal(status('cpu'), 'ok');
  });

  for (const folder of ['laptop-6.8', 'manycore-5.14', 'pod-cgroup2-5.15', 'centos6-2.6.32', 'rubbish']) {
    it(`has ids that are unique and stay: ${folder}`, async () => {
      const [first, second] = (await overviewsOf(folder)).map((overview) => flat(overviewTree(overview)));
      const ids = second?.map((item) => item.id) ?? [];
      assert.equal(new Set(ids).size, ids.length);
      const kept = first?.filter((item) => ids.includes(item.id)).length ?? 0;
      assert.ok(kept >= (first?.length ?? 0) - 4, 'all but the core and the interface that went away');
    });

    it(`shows no unfinished figure: ${folder}`, async () => {
      const texts = flat(await treeOf(folder)).flatMap((item) => [item.label, item.description, item.tooltip]);
      for (const text of texts) assert.doesNotMatch(text, /NaN|undefined|null|Infinity|\{\d\}/);
    });
  }
});

describe('the status bar', () => {
  it('has CPU and memory, and more in its tooltip', async () => {
    const [first, second] = await overviewsOf('laptop-6.8');
    assert.ok(first && second);
    assert.equal(statusBarText(first).text, 'CPU –  Mem 92%');
    assert.deepEqual(statusBarText(second), {
      text: 'CPU 9.5%  Mem 92%',
      tooltipLines: [
        'thinkpad · up 23 h 7 min',
        'Load 0.91  1.02  0.88',
        'Memory 14.2 GiB of 15.4 GiB',
        'Swap 7.04 GiB of 8 GiB',
        'Fullest disk: / at 98%',
      ],
    });
  });

  it('tells a container what it uses of its limits', async () => {
    const overview = (await overviewsOf('pod-cgroup2-5.15')).at(-1);
    assert.ok(overview);
    assert.ok(statusBarText(overview).tooltipLines.includes('Of its limits: CPU 99% · Mem 97%'));
  });
});
