import Mocha from 'mocha';
import { compiledTests, reporter } from '../../../src/build/mochaRun';
import { inProject } from '../../../src/build/project';

/**
 * What VS Code calls inside the extension host when the runner (src/build/hostRun.ts) opens the page. Results go to
 * the file that OPSDECK_RESULTS names; under the debugger they go to its console.
 */
export async function run(): Promise<void> {
  process.setSourceMapsEnabled(true);
  const runByRunner = process.env['OPSDECK_RESULTS'] !== undefined;
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, forbidOnly: true, reporter: runByRunner ? reporter : 'spec' });
  const grep = process.env['OPSDECK_GREP'];
  if (grep !== undefined) mocha.grep(grep);
  for (const file of compiledTests('test/editor/host')) mocha.addFile(inProject(file));
  await new Promise<void>((resolve, reject) => {
    mocha.run((failures) => (failures === 0 ? resolve() : reject(new Error(`${failures} tests failed`))));
  });
}
