import { createRequire } from 'node:module';
import Mocha from 'mocha';
import { compiledTests, reporter } from '../../../src/build/mochaRun';
import { inProject } from '../../../src/build/project';

const requireTest = createRequire(__filename);

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
  for (const file of compiledTests('test/editor/host')) load(mocha, inProject(file));
  await new Promise<void>((resolve, reject) => {
    mocha.run((failures) => (failures === 0 ? resolve() : reject(new Error(`${failures} tests failed`))));
  });
}

/**
 * Loads a test with the plain `require` instead of mocha's own. That one belongs to an ES module, and what it loads
 * finds `vscode` by a hook in another thread, which in VS Code 1.105 waits for this one: for ever.
 */
function load(mocha: Mocha, file: string): void {
  mocha.suite.emit(Mocha.Suite.constants.EVENT_FILE_PRE_REQUIRE, globalThis, file, mocha);
  requireTest(file);
}
