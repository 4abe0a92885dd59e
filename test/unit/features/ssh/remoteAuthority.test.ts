import * as assert from 'node:assert/strict';
import { remoteAuthority } from '../../../../src/features/ssh/core/remoteAuthority';

const nothing = { address: null, port: null, user: null };

function destinationIn(authority: string): unknown {
  assert.match(authority, /^ssh-remote\+[0-9a-f]+$/, 'VS Code writes an authority in small letters');
  return JSON.parse(Buffer.from(authority.slice('ssh-remote+'.length), 'hex').toString('utf8'));
}

describe('a host as Remote - SSH calls it', () => {
  it('is its alias where the SSH configuration says all', () => {
    assert.equal(remoteAuthority('web01.example', nothing), 'ssh-remote+web01.example');
  });

  it('keeps its capitals', () => {
    assert.deepEqual(destinationIn(remoteAuthority('Web01', nothing)), { hostName: 'Web01' });
  });

  it('brings along what only a hosts file says', () => {
    const authority = remoteAuthority('gateway', { address: '192.0.2.1', port: 2222, user: 'deploy' });
    assert.deepEqual(destinationIn(authority), { hostName: '192.0.2.1', user: 'deploy', port: 2222 });
  });

  it('is taken apart where it was typed', () => {
    const authority = remoteAuthority('root@[2001:db8::7]:2222', undefined);
    assert.deepEqual(destinationIn(authority), { hostName: '2001:db8::7', user: 'root', port: 2222 });
  });
});
