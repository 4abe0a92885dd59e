import * as fs from 'node:fs';
import * as path from 'node:path';
import { runCommand } from './command';
import { say } from './terminal';
import { makeVsix } from './vsix';

/** `npm run package` */
void runCommand(async (context) => {
  const file = await makeVsix(context);
  say(`${path.basename(file)}: ${(fs.statSync(file).size / 1024).toFixed(0)} KiB`);
  return 0;
});
