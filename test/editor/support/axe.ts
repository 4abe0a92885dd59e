import * as fs from 'node:fs';
import type { Frame } from 'playwright-core';

interface AxeViolation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string }[];
}

/** Violations of level serious or worse in a document, one line each. Its own inline styles break the page's policy: run it last. */
export async function seriousViolations(frame: Frame): Promise<readonly string[]> {
  await frame.evaluate(fs.readFileSync(require.resolve('axe-core'), 'utf8'));
  const violations = await frame.evaluate<readonly AxeViolation[]>(
    'axe.run(document).then((result) => result.violations)',
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
