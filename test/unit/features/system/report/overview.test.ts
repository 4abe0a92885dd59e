import * as assert from 'node:assert/strict';
import type { Block, Report } from '../../../../../src/report/model';
import { printMarkdown } from '../../../../../src/report/markdown';
import { reportSchema } from '../../../../../src/report/schema';
import { collectOverviews } from '../../../../../src/features/system/core/overview/collect';
import { systemOverview, type SystemOverview } from '../../../../../src/features/system/core/overview/schema/overview';
import { report } from '../../../../../src/features/system/report/overview';
import { fakeClock, fixtureMachine } from '../../../../support/fixtureMachine';
import { assertGolden } from '../../../../support/golden';

const FIXTURES = [
  'centos6-2.6.32',
  'debian12-vm-6.18',
  'docker-cgroup1-4.15',
  'laptop-6.8',
  'manycore-5.14',
  'pod-cgroup2-5.15',
  'rubbish',
];

async function overviewsOf(folder: string): Promise<readonly SystemOverview[]> {
  const machine = fixtureMachine(folder);
  const results: SystemOverview[] = [];
  const signal = new AbortController().signal;
  for await (const result of collectOverviews({ machine, signal, live: false, clock: fakeClock() }))
    results.push(result);
  return results;
}

const flat = (blocks: readonly Block[]): readonly Block[] =>
  blocks.flatMap((block) => (block.kind === 'section' ? [block, ...flat(block.blocks)] : [block]));

function checkTables(shown: Report): void {
  for (const block of flat(shown.blocks)) {
    if (block.kind !== 'table') continue;
    assert.equal(block.rowKeys?.length, block.rows.length, block.id);
    assert.equal(new Set(block.rowKeys).size, block.rows.length, `${block.id} has two rows with one key`);
    for (const row of block.rows) assert.equal(row.length, block.columns.length, block.id);
  }
}

describe('the report of a system overview', () => {
  for (const folder of FIXTURES) {
    it(`reads well: ${folder}`, async () => {
      const overview = (await overviewsOf(folder)).at(-1);
      assert.ok(overview);
      assertGolden(`system/${folder}.md`, printMarkdown(report(overview), { locale: 'en', timeZone: 'UTC' }));
    });

    it(`is of the right form, at first and later: ${folder}`, async () => {
      for (const overview of await overviewsOf(folder)) {
        assert.deepEqual(systemOverview.safeParse(overview).error?.issues ?? [], []);
        assert.deepEqual(JSON.parse(JSON.stringify(overview)), overview, 'plain JSON');
        const shown = report(overview);
        assert.deepEqual(reportSchema.safeParse(shown).error?.issues ?? [], []);
        checkTables(shown);
      }
    });
  }
});

describe('its verdict', () => {
  const verdictOf = async (folder: string, at: number): Promise<string> => {
    const overview = (await overviewsOf(folder)).at(at);
    assert.ok(overview);
    return report(overview).verdict;
  };

  it('says what is quiet', async () => {
    assert.equal(
      await verdictOf('centos6-2.6.32', -1),
      'Nothing is wrong: CPU 25.3%, 589 MiB of 1.83 GiB memory used, fullest disk / at 64.7%.',
    );
  });

  it('says that it is still measuring', async () => {
    assert.equal(
      await verdictOf('centos6-2.6.32', 0),
      'Measuring: 589 MiB of 1.83 GiB memory used, fullest disk / at 64.7%.',
    );
  });

  it('says what is wrong, where, and what is not at fault', async () => {
    assert.equal(
      await verdictOf('laptop-6.8', -1),
      '/ is 98% full (9.1 GiB left); only 8.2% of memory is available (1.26 GiB); and 5 more; the CPU is fine.',
    );
    assert.equal(
      await verdictOf('pod-cgroup2-5.15', -1),
      "Memory is at 96.9% of the control group's limit (32 MiB left); the control group's CPU limit held it back in 70% of the periods; the disks are fine.",
    );
  });

  it('does not hide that something could not be read', async () => {
    assert.match(await verdictOf('rubbish', -1), /Not everything could be read\.$/);
  });
});
