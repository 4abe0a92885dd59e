import * as assert from 'node:assert/strict';
import { inProject } from '../../../src/build/project';
import { openWorkbench, type Workbench } from '../support/workbench';

describe('a real VS Code in the browser', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench({ folder: inProject('media', 'playground'), theme: 'Default Light Modern' });
  });

  after(() => workbench.dispose());

  it('finds the panel that a command opens', async () => {
    await workbench.command('Opsdeck: Show System Overview');
    const frame = await workbench.reportFrame();
    assert.notEqual((await frame.locator('body').innerText()).trim(), '');
    await workbench.screenshot('harness');
    assert.deepEqual(workbench.console.cspViolations(), []);
    assert.deepEqual(workbench.console.extensionErrors(), []);
  });

  it('notices what the content security policy of the panel refuses', async () => {
    const frame = await workbench.reportFrame();
    await frame.evaluate(`{
      const script = document.createElement('script');
      script.textContent = 'window.refused = false';
      document.body.append(script);
    }`);
    await workbench.page.waitForTimeout(500);
    const violations = workbench.console.cspViolations();
    assert.equal(violations.length, 1, violations.join('\n'));
    assert.match(violations[0] ?? '', /inline script/i);
  });
});
