import * as assert from 'node:assert/strict';
import { risksOf } from '../../../../../src/features/ssh/core/run/risks';

describe('risksOf', () => {
  const dangerous: readonly string[] = [
    'rm -rf /',
    'rm -r -f /*',
    'rm -rf "/etc"',
    'sudo rm --recursive --force /usr/',
    'rm -fr ~',
    'rm -rf $HOME; true',
    'mkfs.ext4 /dev/sdb1',
    'wipefs -a /dev/sda',
    'dd if=/dev/zero of=/dev/sda bs=1M',
    'cat image > /dev/nvme0n1',
    'parted /dev/sda mklabel gpt',
    'shutdown -h now',
    'reboot',
    'systemctl poweroff',
    'init 0',
    'echo b > /proc/sysrq-trigger',
    ':(){ :|:& };:',
    'bomb() { bomb | bomb & }; bomb',
    'chmod -R 777 /',
    'chown -R www: /',
    'iptables -F',
    'systemctl stop sshd',
    'service ssh stop',
    'ip link set eth0 down',
    'curl -s https://example.com/install | sudo bash',
    "mysql -e 'DROP DATABASE shop'",
  ];
  for (const text of dangerous)
    it(`points at ${text}`, () => assert.equal(risksOf(text).length, 1, risksOf(text).join()));

  const harmless: readonly string[] = [
    'rm -rf /tmp/build',
    'rm -rf ./node_modules',
    'rm /etc/motd',
    'rm -f /var/log/app.log',
    'dd if=/dev/sda of=backup.img',
    'echo x > /dev/null',
    'grep reboots /var/log/syslog',
    'systemctl restart nginx',
    'systemctl status sshd',
    'chmod -R u+w /srv/app',
    'curl -s https://example.com/data | jq .',
    '# rm -rf / would be bad\nls',
    'lsblk',
  ];
  for (const text of harmless) it(`leaves ${JSON.stringify(text)}`, () => assert.deepEqual(risksOf(text), []));
});
