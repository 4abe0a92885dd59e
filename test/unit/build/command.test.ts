import * as assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { isRunning } from '../machine/processes';

const scenario = path.join(__dirname, 'commandScenario.js');

describe('a command of the project', () => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    it(`ends what it started and removes its folders on ${signal}`, async function () {
      if (process.platform === 'win32') this.skip();
      const command = spawn(process.execPath, [scenario], { stdio: ['ignore', 'pipe', 'inherit'] });
      const [line] = (await once(command.stdout, 'data')) as [Buffer];
      const { folder, pid } = JSON.parse(line.toString()) as { readonly folder: string; readonly pid: number };
      assert.ok(fs.existsSync(folder) && isRunning(pid));
      command.kill(signal);
      assert.deepEqual(await once(command, 'close'), [0, null]);
      assert.ok(!fs.existsSync(folder), `${folder} is left`);
      assert.ok(!isRunning(pid), `process ${pid} is left`);
    });
  }
});
