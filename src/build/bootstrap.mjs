/**
 * The one door to every command of the project: `npm start`, `npm test` and the like call it in a fresh clone, where
 * nothing is installed and Node may be older than the one the project runs on. Installs what package-lock.json names
 * when that changed, compiles, and runs out/src/build/COMMAND.js on the Node of the `node` package.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(fileURLToPath(import.meta.url), '..', '..', '..');
const windows = process.platform === 'win32';
const oldestNode = 20;
const startedMs = Date.now();

/** A failure that needs no stack: one line that says what to do. */
class Trouble extends Error {}

/** The npm that started us, as a command with its first arguments. */
function findNpm() {
  const script = process.env.npm_execpath;
  if (script && basename(script).startsWith('npm') && existsSync(script)) {
    return [process.env.npm_node_execpath ?? process.execPath, script];
  }
  return [windows ? 'npm.cmd' : 'npm'];
}

/** Runs to the end, with our terminal, handing every signal on. Resolves to the exit code. */
function run(command, options = {}) {
  return new Promise((done, failed) => {
    const [file, ...args] = command;
    const child = spawn(file, args, {
      cwd: root,
      stdio: options.quiet ? 'pipe' : 'inherit',
      shell: file.endsWith('.cmd'),
      env: { ...process.env, ...options.env },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (output += data));
    const pass = (signal) => child.kill(signal);
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, pass);
    // Who ends npm ends the shell between npm and us, which tells us nothing: our parent becomes another.
    const parent = process.ppid;
    const watch = setInterval(() => process.ppid !== parent && pass('SIGTERM'), 1000);
    child.on('error', failed);
    child.on('close', (code, signal) => {
      clearInterval(watch);
      for (const name of signals) process.off(name, pass);
      done({ code: code ?? 1, signal, output });
    });
  });
}

function lockFingerprint() {
  const lock = join(root, 'package-lock.json');
  if (!existsSync(lock)) throw new Trouble('package-lock.json is missing: this is not a complete checkout.');
  return createHash('sha256').update(readFileSync(lock)).digest('hex');
}

/** The Node that comes with the project; its folder in node_modules/.bin holds a shell script on Windows. */
function projectNode() {
  return join(root, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node');
}

async function install(npm) {
  const stamp = join(root, 'node_modules', '.opsdeck-installed');
  const fingerprint = lockFingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint && existsSync(projectNode())) return;

  // `npm ci` removes node_modules first. Windows forbids that while our own program file lies in it.
  const inside = process.execPath.startsWith(join(root, 'node_modules') + sep);
  const verb = windows && inside ? 'install' : 'ci';
  const begunMs = Date.now();
  process.stdout.write(`Installing the development dependencies (npm ${verb}, a minute at most on a usual line) … `);
  const { code, signal, output } = await run([...npm, verb, '--no-audit', '--no-fund'], { quiet: true });
  if (signal) process.exit(130);
  if (code !== 0) {
    process.stdout.write('failed\n');
    process.stderr.write(output.split('\n').slice(-30).join('\n'));
    throw new Trouble(`npm ${verb} failed: see its message above; is the npm registry reachable?`);
  }
  if (!existsSync(projectNode())) {
    throw new Trouble(
      'The package "node" has no program: allow its install script (npm config ignore-scripts=false) and try again.',
    );
  }
  writeFileSync(stamp, fingerprint);
  process.stdout.write(`${((Date.now() - begunMs) / 1000).toFixed(0)} s\n`);
}

/** Emits JavaScript even where types are wrong; the tests report that as one of their steps, all else stops there. */
async function compile(command) {
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const { code, signal, output } = await run([projectNode(), compiler, '-p', root, '--pretty', 'false'], {
    quiet: true,
  });
  if (signal) process.exit(130);
  if (code !== 0 && command !== 'test') {
    process.stderr.write(output);
    throw new Trouble('The source does not compile: see the messages above.');
  }
}

async function main([command, ...args]) {
  if (!command) throw new Trouble('Usage: node src/build/bootstrap.mjs COMMAND [argument …]');
  if (Number(process.versions.node.split('.')[0]) < oldestNode) {
    throw new Trouble(
      `Node ${oldestNode} or later is needed, this is ${process.version}: install it from https://nodejs.org`,
    );
  }
  const npm = findNpm();
  await install(npm);
  await compile(command);
  const program = join(root, 'out', 'src', 'build', `${command}.js`);
  if (!existsSync(program)) throw new Trouble(`There is no command "${command}" in src/build.`);
  const env = { OPSDECK_NPM: JSON.stringify(npm), OPSDECK_STARTED_MS: String(startedMs) };
  const { code, signal } = await run([projectNode(), '--enable-source-maps', program, ...args], { env });
  return signal ? 130 : code;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(error instanceof Trouble ? `opsdeck: ${error.message}\n` : `${error?.stack ?? error}\n`);
  process.exitCode = 1;
}
