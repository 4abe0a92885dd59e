import * as assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as http from 'node:http';
import * as https from 'node:https';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { parseSource } from '../../../../src/features/compare/core/sources/source';
import type { TextsResult } from '../../../../src/features/compare/core/text/toolSchema';
import { outputsTool, textsTool } from '../../../../src/features/compare/textsTools';
import type { OwnedMachines } from '../../../../src/machine/machines';
import { reportSchema } from '../../../../src/report/schema';
import type { RunContext } from '../../../../src/tool/tool';
import { machinesOf } from '../../../support/machines';
import { runContextOf } from '../../../support/runContext';
import { noSshServer, startSshServer, type SshServer } from '../../../support/sshServer';
import { temporaryFolder } from '../../machine/support';
import { hasProgram } from './gnu';

describe('what a side names', () => {
  const cases: readonly (readonly [string, ReturnType<typeof parseSource>])[] = [
    ['git:HEAD~1:src/a.ts', { machine: null, kind: 'git', ref: 'HEAD~1', path: 'src/a.ts' }],
    ['git:origin/main:', { machine: null, kind: 'git', ref: 'origin/main', path: '.' }],
    ['web01:git:v1:/srv/site', { machine: 'web01', kind: 'git', ref: 'v1', path: '/srv/site' }],
    ['root@[::1]:2222:git:v1:x', { machine: 'root@[::1]:2222', kind: 'git', ref: 'v1', path: 'x' }],
    ['git:/srv/x', { machine: 'git', kind: 'file', path: '/srv/x' }],
    ['git:~/a:b', { machine: 'git', kind: 'file', path: '~/a:b' }],
    ['./git:a:b', { machine: null, kind: 'file', path: './git:a:b' }],
    ['archive:a.tgz:etc/hosts', { machine: null, kind: 'member', archive: 'a.tgz', path: 'etc/hosts' }],
    ['archive:C:\\a.zip:x:y', { machine: null, kind: 'member', archive: 'C:\\a.zip', path: 'x:y' }],
    ['https://example.com:8443/x', { machine: null, kind: 'url', url: 'https://example.com:8443/x' }],
    ['web01:http://localhost/', { machine: 'web01', kind: 'url', url: 'http://localhost/' }],
    ['web01:exec:nginx -T', { machine: 'web01', kind: 'command', line: 'nginx -T' }],
    ['http:x', { machine: 'http', kind: 'file', path: 'x' }],
  ];
  for (const [text, source] of cases) it(text, () => assert.deepEqual(parseSource(text), source));

  it('is refused while it is typed, where it cannot be', () => {
    const refused = (left: string): unknown =>
      outputsTool.input.safeParse({ left, right: 'x' }).error?.issues[0]?.message;
    assert.match(String(refused('https://user:secret@example.com/')), /without a user or password/);
    assert.match(String(refused('http://:80/')), /is no URL/);
    assert.match(String(refused("exec:ls 'a")), /has no end/);
    assert.match(String(refused('exec:ls | wc')), /means something to a shell only/);
    assert.equal(refused('exec:ls -l "a b"'), undefined);
  });
});

describe('sources of compared texts', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const servers: http.Server[] = [];
  let machines: OwnedMachines;
  let server: SshServer | undefined;
  let context: RunContext;

  before(async () => {
    server = noSshServer === undefined ? await startSshServer() : undefined;
    machines = machinesOf(server?.configFile ?? null);
    context = runContextOf(await machines.open('local', new AbortController().signal), { machines });
    fs.writeFileSync(folder('page'), 'one\ntwo\n');
  });
  after(async () => {
    for (const one of servers) {
      one.close();
      one.closeAllConnections();
    }
    await machines.close();
    await server?.stop();
  });

  async function run(left: string, right: string, tool = textsTool): Promise<TextsResult> {
    let last: TextsResult | undefined;
    for await (const result of tool.run(tool.input.parse({ left, right }), context)) last = result;
    reportSchema.parse(tool.report(last ?? assert.fail('no result')));
    return tool.result.parse(last);
  }

  async function listen(answer: http.RequestListener, tls?: https.ServerOptions): Promise<string> {
    const one = tls === undefined ? http.createServer(answer) : https.createServer(tls, answer);
    servers.push(one);
    await new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve));
    return `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${(one.address() as AddressInfo).port}`;
  }

  const site: http.RequestListener = (request, response) => {
    if (request.url === '/moved') response.writeHead(302, { location: '/page?x=1' }).end();
    else if (request.url === '/round') response.writeHead(301, { location: '/round' }).end();
    else if (request.url === '/gone') response.writeHead(410).end('gone\n');
    else if (request.url === '/cut') {
      response.writeHead(200, { 'content-length': 99 }).write('one');
      setImmediate(() => response.destroy());
    } else response.writeHead(200, { 'last-modified': 'Tue, 24 Nov 2026 04:30:00 GMT' }).end('one\ntwo\n');
  };

  it('compares what is at a URL, as curl has it, and tells where redirects led', async function () {
    const base = await listen(site);
    const { outcome, left } = await run(`${base}/moved`, folder('page'));
    assert.deepEqual([outcome, left.modifiedMs], ['identical', Date.UTC(2026, 10, 24, 4, 30)]);
    assert.deepEqual(left.origin, { kind: 'url', url: `${base}/page?x=1`, status: 200, distrust: null });
    if (!hasProgram('curl')) return this.skip();
    await promisify(execFile)('curl', ['-sL', '-o', folder('curl'), `${base}/moved`]);
    assert.equal((await run(`${base}/moved`, folder('curl'))).outcome, 'identical');
  });

  it('compares what a server says even if it is an error, and says so', async () => {
    const base = await listen(site);
    const result = await run(`${base}/gone`, `${base}/gone`);
    const { verdict, status } = textsTool.report(result);
    assert.equal(status, 'warning');
    assert.match(verdict, /are the same, byte for byte\. http\S+\/gone answered with HTTP status 410\./);
  });

  it('says why there is no answer', async () => {
    const base = await listen(site);
    await assert.rejects(run(`${base}/round`, folder('page')), { message: /redirects more than 10 times/ });
    await assert.rejects(run(`${base}/cut`, folder('page')), { name: 'ExpectedError', code: 'failed' });
    await assert.rejects(run(base.replace('http:', 'https:'), folder('page')), {
      name: 'ExpectedError',
      code: 'failed',
    });
    await assert.rejects(run('http://127.0.0.1:1/', folder('page')), { name: 'ExpectedError', code: 'refused' });
  });

  it('judges certificates, and tells of one that is not to be trusted', async function () {
    if (!hasProgram('openssl')) return this.skip();
    const subject = ['-subj', '/CN=other.example', '-addext', 'subjectAltName=DNS:other.example', '-days', '2'];
    const files = ['-keyout', folder('key'), '-out', folder('certificate')];
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', ...subject, ...files],
      {
        stdio: 'pipe',
      },
    );
    const base = await listen(site, {
      key: fs.readFileSync(folder('key')),
      cert: fs.readFileSync(folder('certificate')),
    });
    const result = await run(base, folder('page'));
    assert.deepEqual(
      [result.outcome, result.left.origin.kind === 'url' && result.left.origin.distrust],
      ['identical', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    );
    assert.match(textsTool.report(result).verdict, /is not to be trusted: it is signed by itself/);
    if (hasProgram('curl')) await assert.rejects(promisify(execFile)('curl', ['-s', base]), { code: 60 });
  });

  it('asks from the host, and stops when it is cancelled', async function () {
    const silent = await listen(() => undefined);
    const controller = new AbortController();
    const input = textsTool.input.parse({ left: silent, right: folder('page') });
    const asked = textsTool
      .run(input, { ...context, signal: controller.signal })
      [Symbol.asyncIterator]()
      .next();
    setTimeout(() => controller.abort(), 50);
    await assert.rejects(Promise.resolve(asked), { name: 'CancelledError' });
    if (server === undefined) return this.skip();
    const { left, outcome } = await run(`peer:${await listen(site)}/page`, folder('page'));
    assert.deepEqual([left.label.startsWith('peer:http://127.0.0.1:'), outcome], [true, 'identical']);
  });

  it('compares a member of an archive', async function () {
    if (!hasProgram('tar') || !hasProgram('zip')) return this.skip();
    fs.linkSync(folder('page'), folder('hard'));
    execFileSync('tar', ['-C', folder(), '-czf', folder('a.tgz'), './page', './hard']);
    execFileSync('zip', ['-q', 'a.zip', 'page'], { cwd: folder() });
    for (const member of ['a.tgz:page', 'a.tgz:./hard', 'a.zip:page']) {
      assert.equal((await run(`archive:${folder(member)}`, folder('page'))).outcome, 'identical', member);
    }
    await assert.rejects(run(`archive:${folder('a.zip')}:none`, folder('page')), { code: 'missing' });
    await assert.rejects(run(`archive:${folder('page')}:none`, folder('page')), { code: 'invalid-input' });
  });

  it('runs commands when that is confirmed, and tells how they ended', async function () {
    const plan = await outputsTool.plan(
      outputsTool.input.parse({ left: "exec:printf 'one\\ntwo\\n'", right: folder('page') }),
      context,
    );
    assert.deepEqual(plan.details, ["this machine: printf 'one\\ntwo\\n'"]);
    assert.equal((await run("exec:printf 'one\\ntwo\\n'", folder('page'), outputsTool)).outcome, 'identical');
    const missing = folder('none');
    const failed = await run(`exec:ls ${missing}`, `exec:ls ${missing}`, outputsTool);
    const { verdict, status } = outputsTool.report(failed);
    assert.equal(status, 'warning');
    assert.match(
      verdict,
      /^ls \S+ and ls \S+ are the same, byte for byte\. ls \S+ ended with exit code 2 \(ls: cannot access/,
    );
    await assert.rejects(run('exec:no-such-program', folder('page'), outputsTool), { code: 'not-found' });
    const sides = { left: 'frozen:exec:id', right: folder('page') };
    assert.deepEqual(outputsTool.changedMachines?.(outputsTool.input.parse(sides), 'local'), ['frozen']);
    const files = { left: folder('page'), right: folder('page') };
    await assert.rejects(outputsTool.plan(outputsTool.input.parse(files), context), { code: 'invalid-input' });
    if (server === undefined) return this.skip();
    assert.equal((await run(`peer:exec:cat ${folder('page')}`, folder('page'), outputsTool)).outcome, 'identical');
  });
});
