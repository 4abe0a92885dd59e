import { spawnSync } from 'node:child_process';
import { projectPath } from '../support/project';
import type { BenchRow } from './row';
import { median } from './statistics';

const runs = 15;
const budgetMs = 300;
const peerProgram =
  "import ipaddress, json; n = ipaddress.ip_network('10.0.0.0/8'); print(json.dumps([str(n), n.num_addresses]))";

/** A whole process each time: start, answer, end. */
export function benchCommandLine(): BenchRow {
  const own = [projectPath('dist', 'cli.js'), 'ip.inspect', '--address', '10.0.0.0/8', '--format', 'json'];
  const oursMs: number[] = [];
  const peerMs: number[] = [];
  const hasPython = spawnSync('python3', ['--version']).status === 0;
  for (let run = 0; run < runs; run += 1) {
    oursMs.push(timed(process.execPath, own));
    if (hasPython) peerMs.push(timed('python3', ['-c', peerProgram]));
  }
  const ours = median(oursMs);
  return {
    what: 'ip.inspect on the command line, whole process',
    ours: `${ours.toFixed(0)} ms`,
    peer: hasPython ? `python3 ipaddress ${median(peerMs).toFixed(0)} ms` : 'python3 is not installed',
    ratio: hasPython ? ours / median(peerMs) : null,
    budget: `≤ ${budgetMs} ms`,
    met: ours <= budgetMs,
  };
}

function timed(program: string, words: readonly string[]): number {
  const begun = performance.now();
  const outcome = spawnSync(program, words, { encoding: 'utf8' });
  const elapsedMs = performance.now() - begun;
  if (outcome.status !== 0) throw new Error(`${program} ${words.join(' ')}: ${outcome.stderr}`);
  return elapsedMs;
}
