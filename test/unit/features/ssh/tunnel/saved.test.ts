import * as assert from 'node:assert/strict';
import { adviceOn, freePortFrom, takenPorts } from '../../../../../src/features/ssh/core/tunnel/ports';
import {
  entryOf,
  inputOf,
  isSame,
  nameRefusal,
  proposedName,
  readSaved,
} from '../../../../../src/features/ssh/core/tunnel/saved';
import { readForward } from '../../../../../src/features/ssh/core/tunnel/wanted';
import type { SocketEntry } from '../../../../../src/features/system/core/sockets/schema';

describe('tunnels that are kept', () => {
  it('are read from the setting, and written as they were', () => {
    const entries = [
      { name: 'Orders', host: 'bastion', local: '5432:db:5432', startUp: true },
      { name: 'Web', host: 'bastion', dynamic: '1080' },
    ];
    const { tunnels, problems } = readSaved(entries);
    assert.deepEqual(problems, []);
    assert.deepEqual(tunnels.map(entryOf), entries);
    assert.deepEqual(
      tunnels.map((tunnel) => inputOf(tunnel)),
      [
        { host: 'bastion', spec: '-L 5432:db:5432' },
        { host: 'bastion', spec: '-D 1080' },
      ],
    );
    assert.ok(tunnels[0] !== undefined && isSame(tunnels[0], { ...tunnels[0], name: 'Other', startUp: false }));
  });

  it('are told one by one where they are not understood, and the others stay', () => {
    const { tunnels, problems } = readSaved([
      'nonsense',
      { name: 'a', host: 'h', local: '1:b:2', dynamic: '3' },
      { name: 'b', host: 'h', local: 'db:99999' },
      { name: 'c', host: 'h', remote: '9000:localhost:3000' },
      { name: 'c', host: 'h', dynamic: '1080' },
      { name: ' ', host: 'h', dynamic: '1080' },
      { name: 'd', host: 'h', dynamic: 1080 },
      { name: 'd', host: 'h', dynamic: '1080', startUp: 'yes' },
      { name: 'd', host: 'h', dynamic: '1080', port: 1 },
    ]);
    assert.deepEqual(
      tunnels.map(({ name }) => name),
      ['c'],
    );
    assert.equal(problems.length, 8);
    assert.match(problems[0] ?? '', /^Entry 1: it is not an object/);
    assert.match(problems[1] ?? '', /^Entry 2: it needs one of local, remote and dynamic/);
    assert.match(problems[2] ?? '', /^Entry 3: .*“99999” is not a port/);
    assert.match(problems[3] ?? '', /^Entry 5: the name “c” is there twice/);
    assert.match(problems[4] ?? '', /^Entry 6: it needs a name and a host/);
    assert.match(problems[5] ?? '', /^Entry 7: dynamic is a text, as after ssh -D/);
    assert.match(problems[6] ?? '', /^Entry 8: startUp is true or false/);
    assert.match(problems[7] ?? '', /^Entry 9: “port” is not known/);
    assert.deepEqual(readSaved({ local: '1' }), { tunnels: [], problems: [] });
  });

  it('get a name that nobody has', () => {
    const { spec } = readForward('local', '8080:db:5432');
    assert.equal(proposedName({ spec, host: 'bastion' }, []), 'db:5432 via bastion');
    assert.equal(proposedName({ spec, host: 'bastion' }, ['db:5432 via bastion']), 'db:5432 via bastion 2');
    assert.match(nameRefusal('a', ['a']) ?? '', /already/);
    assert.equal(nameRefusal('b', ['a']), null);
  });
});

describe('ports of this machine', () => {
  const socket = { localPort: 5432, namespace: null, owners: [{ name: 'postgres', pid: 812 }] };
  const taken = takenPorts({ sockets: [socket, { ...socket, localPort: 22, owners: [] }] as unknown as SocketEntry[] });
  const parts = { host: 'bastion', taken, mayListenBelow: false };
  const advice = (kind: 'local' | 'remote', text: string) => adviceOn(readForward(kind, text).spec, parts);

  it('are proposed where they are free', () => {
    assert.equal(freePortFrom(5432, taken), 5433);
    assert.equal(freePortFrom(8080, taken), 8080);
  });

  it('that speak against a tunnel are told with the next step', () => {
    assert.equal(
      advice('local', '5432:db:5432'),
      'Port 5432 of this machine is taken by postgres (PID 812). The next free one is 5433.',
    );
    assert.match(advice('local', '22:db:22') ?? '', /^Port 22 of this machine is taken\. The next free one is 23\./);
    assert.match(advice('local', '80:db:80') ?? '', /for root; 8080 would do/);
    assert.match(advice('local', '*:8080:db:80') ?? '', /whoever reaches it there can use it/);
    assert.match(advice('remote', '80:localhost:80') ?? '', /On bastion only root/);
    assert.equal(advice('remote', '5432:localhost:5432'), null);
    assert.equal(advice('local', '8080:db:80'), null);
  });
});
