import * as l10n from '@vscode/l10n';

interface Risk {
  readonly pattern: RegExp;
  text(): string;
}

/** Words that have cost many a machine. A help for the eye before it is confirmed, no protection. */
const RISKS: readonly Risk[] = [
  {
    pattern:
      /\brm\b(?=[^\n;|&]*\s-{1,2}\w*[rR])(?=[^\n;|&]*\s(['"]?)(\/\*?|\/(bin|boot|dev|etc|home|lib\w*|opt|root|sbin|srv|usr|var)\/?\*?|~\/?|\$HOME\/?)\1(\s|$|[;|&]))/m,
    text: () => l10n.t('It removes a folder of the system or of all users with everything in it.'),
  },
  {
    pattern: /\b(mkfs(\.\w+)?|mke2fs|wipefs|blkdiscard|mkswap)\b/,
    text: () => l10n.t('It makes a new file system or wipes the old one.'),
  },
  {
    pattern:
      /\bdd\b[^\n;|&]*\bof=\/dev\/|>\s*\/dev\/(sd|hd|vd|xvd|nvme|mmcblk|disk|mapper\/|md|dm-)|\bshred\b[^\n;|&]*\/dev\//,
    text: () => l10n.t('It writes over a disk.'),
  },
  {
    pattern: /\b(fdisk|sfdisk|gdisk|sgdisk|parted|lvremove|vgremove|pvremove|zpool\s+destroy|zfs\s+destroy)\b/,
    text: () => l10n.t('It changes or removes partitions or volumes.'),
  },
  {
    pattern:
      /\b(shutdown|reboot|poweroff|halt)\b|\binit\s+[06]\b|\bsystemctl\s+(reboot|poweroff|halt|kexec|rescue|emergency)\b|\/proc\/sysrq-trigger/,
    text: () => l10n.t('It stops or restarts the machine.'),
  },
  {
    pattern: /([\w:.]+)\s*\(\s*\)\s*\{\s*\1\s*\|\s*\1\s*&\s*\}\s*;\s*\1/,
    text: () => l10n.t('It is a fork bomb: it starts copies of itself until nothing works any more.'),
  },
  {
    pattern: /\bch(mod|own|grp)\b(?=[^\n;|&]*\s-{1,2}\w*R)(?=[^\n;|&]*\s\/(\s|$|[;|&]))/m,
    text: () => l10n.t('It changes the rights of every file there is.'),
  },
  {
    pattern:
      /\b(iptables|ip6tables)\s+(-F|--flush)|\bnft\s+flush\b|\bufw\s+(enable|reset)\b|\bip\s+link\s+set\s+\S+\s+down\b|\bif(config\s+\S+\s+)?down\b|\b(systemctl|service)\b[^\n;|&]*\b(stop|disable|mask)\b[^\n;|&]*\bsshd?\b|\b(systemctl|service)\b[^\n;|&]*\bsshd?\b[^\n;|&]*\bstop\b/,
    text: () => l10n.t('It may cut the connection to the machine.'),
  },
  {
    pattern: /\b(curl|wget)\b[^\n;]*\|\s*(sudo\s+)?(ba|da|z|k)?sh\b/,
    text: () => l10n.t('It runs a program straight from the network.'),
  },
  {
    pattern: /\b(drop\s+(database|table|schema)|truncate\s+table)\b/i,
    text: () => l10n.t('It removes data of a database.'),
  },
];

/** One sentence for each danger that can be seen in a command line or a script. */
export function risksOf(text: string): readonly string[] {
  const code = text.replace(/^\s*#.*$/gm, '');
  return RISKS.filter(({ pattern }) => pattern.test(code)).map((risk) => risk.text());
}
