import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { parseProcessCgroup } from '../../../../../../src/features/system/core/kernel/processCgroup';

const ID = '8f3c'.repeat(16);
const POD = 'pod0c1e2f3a_1111_2222_3333_444455556666';

/** Path, container and unit of a text. */
function told(text: string): readonly (string | null)[] {
  const { path, container, unit } = parseProcessCgroup(text);
  return [path, container, unit];
}

describe('where the control groups of a process say that it belongs', () => {
  it('knows the unit of a service, a session, a user and a manager', () => {
    assert.deepEqual(told('0::/system.slice/nginx.service\n'), ['/system.slice/nginx.service', null, 'nginx.service']);
    assert.equal(told('0::/user.slice/user-1000.slice/session-3.scope\n')[2], 'session-3.scope');
    const user = '0::/user.slice/user-1000.slice/user@1000.service';
    assert.equal(told(`${user}/app.slice/app-org.gnome.Terminal.slice/vte-spawn-1.scope\n`)[2], 'vte-spawn-1.scope');
    assert.equal(told(`${user}/init.scope\n`)[2], 'user@1000.service');
    assert.equal(told('0::/init.scope\n')[2], 'init.scope');
    assert.equal(told('0::/system.slice/docker.service/payload\n')[2], 'docker.service');
    assert.equal(told('0::/system.slice/dev-disk-by\\x2duuid-1.swap\n')[2], 'dev-disk-by\\x2duuid-1.swap');
    assert.equal(told('0::/system.slice/_odd.service\n')[2], 'odd.service');
    assert.deepEqual(told('0::/system.slice/gone.service (deleted)\n').slice(0, 1), ['/system.slice/gone.service']);
    assert.deepEqual(told('0::/\n'), ['/', null, null]);
  });

  it('knows the container of every runtime', () => {
    const containers: Readonly<Record<string, string>> = {
      [`/docker/${ID}`]: ID,
      [`/system.slice/docker-${ID}.scope`]: ID,
      [`/machine.slice/libpod-${ID}.scope/container`]: ID,
      [`/machine.slice/libpod-${ID}.scope`]: ID,
      [`/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-${POD}.slice/cri-containerd-${ID}.scope`]: ID,
      [`/kubepods.slice/kubepods-${POD}.slice/crio-${ID}.scope`]: ID,
      [`/kubepods/besteffort/pod0c1e2f3a-1111/${ID}`]: ID,
      [`/system.slice/containerd.service/kubepods-besteffort-${POD}.slice:cri-containerd:${ID}`]: ID,
      [`/docker/${'0'.repeat(64)}/docker/${ID}`]: ID,
      '/lxc/web1': 'web1',
      '/lxc.payload.web1/system.slice/cron.service': 'web1',
      '/lxc.payload/web2': 'web2',
      '/machine.slice/machine-debian\\x2dtest.scope/payload': 'debian-test',
      '/docker/buildkit/abc123': 'abc123',
      [`/ecs/${'a'.repeat(32)}/${'a'.repeat(32)}-1234567890`]: `${'a'.repeat(32)}-1234567890`,
    };
    for (const [path, container] of Object.entries(containers)) {
      assert.equal(told(`0::${path}\n`)[1], container, path);
      assert.equal(told(`2:cpu,cpuacct:/\n1:name=systemd:${path}\n`)[1], container, `version 1 ${path}`);
    }
  });

  it('does not take for a container what is none', () => {
    const paths = [
      `/machine.slice/libpod-conmon-${ID}.scope`,
      '/machine.slice/machine-qemu\\x2d1\\x2dvm.scope',
      '/system.slice/docker.service',
      '/lxc.monitor.web1',
      `/user.slice/${ID.slice(1)}`,
    ];
    for (const path of paths) assert.equal(told(`0::${path}\n`)[1], null, path);
  });

  it('takes the hierarchy that tells more where both versions are mounted', () => {
    const hybrid = '4:memory:/\n1:name=systemd:/system.slice/cron.service\n0::/\n';
    assert.deepEqual(told(hybrid), ['/system.slice/cron.service', null, 'cron.service']);
    const memory = `4:memory:/docker/${ID}\n1:name=systemd:/\n0::/\n`;
    assert.deepEqual(told(memory), ['/', ID, null]);
    assert.deepEqual(told(''), [null, null, null]);
    assert.equal(told('0::/odd:name/x:y.service\n')[2], 'x:y.service');
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => parseProcessCgroup(`0::/${text}\n${text}`) !== null),
    );
  });
});
