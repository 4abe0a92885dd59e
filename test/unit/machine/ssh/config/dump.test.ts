import * as assert from 'node:assert/strict';
import { parseDump } from '../../../../../src/machine/ssh/config/dump';
import { hostOptions } from '../../../../../src/machine/ssh/config/hostOptions';
import type { OptionFacts } from '../../../../../src/machine/ssh/config/optionReader';
import type { HostOptions } from '../../../../../src/machine/ssh/options';

const facts: OptionFacts = {
  alias: 'web01',
  originalHost: 'web01',
  localUser: 'me',
  localHost: 'here.example.com',
  uid: 1000,
  home: '/home/me',
  env: { SSH_AUTH_SOCK: '/run/agent' },
  platform: 'linux',
  source: 'ssh -G',
  remarks: [],
};

function optionsOf(text: string, changes: Partial<OptionFacts> = {}): HostOptions {
  const raw = parseDump(`hostname 10.0.0.1\nport 22\n${text}`);
  assert.ok(raw);
  return hostOptions(raw, '10.0.0.1', { ...facts, ...changes });
}

describe('what ssh -G prints', () => {
  it('is understood as OpenSSH 7.4 prints it', () => {
    const options = optionsOf(
      'user ops\naddressfamily inet\nbatchmode yes\nchallengeresponseauthentication no\nkbdinteractiveauthentication yes\n' +
        'stricthostkeychecking true\npubkeyauthentication yes\nconnecttimeout -1\npubkeyacceptedkeytypes ssh-ed25519,ssh-rsa\n' +
        'userknownhostsfile ~/.ssh/known_hosts ~/.ssh/known_hosts2\nsendenv LANG LC_*\nrekeylimit 0 0\nforwardagent yes\n' +
        'identityfile ~/.ssh/id_rsa\nidentityfile ~/.ssh/id_ed25519\nproxyjump gate\n',
    );
    assert.equal(options.addressFamily, 'inet');
    assert.equal(options.kbdInteractiveAuthentication, false);
    assert.equal(options.strictHostKeyChecking, 'yes');
    assert.equal(options.connectTimeoutSeconds, null);
    assert.deepEqual(options.pubkeyAcceptedAlgorithms, ['ssh-ed25519', 'ssh-rsa']);
    assert.deepEqual(options.userKnownHostsFiles, ['/home/me/.ssh/known_hosts', '/home/me/.ssh/known_hosts2']);
    assert.deepEqual(options.sendEnv, ['LANG', 'LC_*']);
    assert.deepEqual(options.identityFiles, ['/home/me/.ssh/id_rsa', '/home/me/.ssh/id_ed25519']);
    assert.deepEqual([options.identityAgent, options.forwardAgent], ['/run/agent', '/run/agent']);
    assert.deepEqual(options.proxyJump, ['gate']);
  });

  it('is understood as OpenSSH 10 prints it', () => {
    const options = optionsOf(
      'host web01\nuser ops\nstricthostkeychecking accept-new\npubkeyauthentication host-bound\nconnecttimeout 15\n' +
        'rekeylimit 1073741824 3600\nsetenv A=b c\nsetenv D=\nsetenv __proto__=x\nsendenv LANG\nsendenv LC_*\n' +
        'userknownhostsfile /a\nglobalknownhostsfile none\nproxyjump ops@gate:2222,[::1]:24\nforwardagent /run/other\n' +
        'identityagent none\nkbdinteractiveauthentication yes\nserveraliveinterval 30\nproxycommand nc %h\n',
    );
    assert.equal(options.strictHostKeyChecking, 'accept-new');
    assert.equal(options.pubkeyAuthentication, true);
    assert.equal(options.connectTimeoutSeconds, 15);
    assert.deepEqual(options.rekeyLimit, { bytes: 1_073_741_824, seconds: 3_600 });
    assert.deepEqual(Object.entries(options.setEnv).sort(), [
      ['A', 'b c'],
      ['D', ''],
      ['__proto__', 'x'],
    ]);
    assert.deepEqual(options.globalKnownHostsFiles, []);
    assert.deepEqual(options.proxyJump, ['ops@gate:2222', '[::1]:24']);
    assert.equal(options.proxyCommand, null);
    assert.deepEqual([options.identityAgent, options.forwardAgent], [null, '/run/other']);
    assert.equal(options.serverAliveIntervalSeconds, 30);
  });

  it('has files whose names hold blanks, with and without quotes', () => {
    const lists = {
      '/a /b': ['/a', '/b'],
      '/home/John Doe/.ssh/known_hosts /home/John Doe/.ssh/known_hosts2': [
        '/home/John Doe/.ssh/known_hosts',
        '/home/John Doe/.ssh/known_hosts2',
      ],
      '"/a b" /c': ['/a b', '/c'],
      'C:\\Users\\J D/.ssh/known_hosts': ['C:\\Users\\J D/.ssh/known_hosts'],
      none: [],
    };
    for (const [text, files] of Object.entries(lists)) {
      assert.deepEqual(optionsOf(`userknownhostsfile ${text}\n`).userKnownHostsFiles, files);
    }
  });

  it('leaves variables of the agent to the environment', () => {
    const env = { OTHER: '/run/x', SSH_AUTH_SOCK: '/run/y' };
    assert.equal(optionsOf('identityagent $OTHER\n', { env }).identityAgent, '/run/x');
    assert.equal(optionsOf('identityagent SSH_AUTH_SOCK\n', { env }).identityAgent, '/run/y');
    assert.equal(optionsOf('identityagent $NOWHERE\n', { env }).identityAgent, null);
    assert.equal(optionsOf('', { env: {} }).identityAgent, null);
    const windows = optionsOf('forwardagent yes\n', { env: {}, platform: 'win32' });
    assert.equal(windows.identityAgent, '\\\\.\\pipe\\openssh-ssh-agent');
    assert.equal(windows.forwardAgent, windows.identityAgent);
  });

  it('is nothing else', () => {
    for (const text of ['', 'usage: ssh', 'Dropbear SSH client v2022.83\n', 'hostname x\n']) {
      assert.equal(parseDump(text), null);
    }
  });
});
