import type { HostOptions, HostRequest } from '../../../../../src/machine/ssh/options';

export interface OracleCase {
  readonly config: string;
  /** Default: web01. */
  readonly request?: HostRequest;
  /** What the two cannot agree on. */
  readonly without?: readonly (keyof HostOptions)[];
}

const user = process.env['USER'] ?? 'root';

/** Configurations that `ssh -G` takes. FOLDER is a folder; `--- name` begins another file in it. */
export const oracleCases: Readonly<Record<string, OracleCase>> = {
  'an empty file': { config: '' },
  'the first value': { config: 'Host web*\n  Port 2222\n  User ops\nHost *\n  Port 3333\n  User nobody\n' },
  'options before any Host': { config: 'User early\nHost web01\n  User late\n  HostName 10.0.0.1\n' },
  'negated patterns': { config: 'Host web* !web01\n  Port 1\nHost !web02\n  Port 2\nHost * !db*\n  Port 3\n' },
  'a question mark and quotes': { config: 'Host "web0?"\n  HostName "10.0.0.9"\n  IdentityFile "/keys/with blank"\n' },
  'equals signs and odd blanks': {
    config: '\tHost=web01\r\n  Port = 2200\r\n User=\t"me"\r\n  HostName\t=x.example\r\n',
  },
  comments: { config: '# first\nHost web01 # of the shop\n  Port 22022 # odd\n#Port 1\n  User ops#1\n' },
  'the case of keywords and names': {
    config: 'HOST Web01\n  pOrT 44\nHost WEB01\n  Port 45\nMatch host WEB01\n  User matched\n',
    request: { name: 'WEB01' },
  },
  'a token in HostName': { config: 'Host web*\n  HostName %h.example.com\nMatch host *.example.com\n  User deep\n' },
  'Match host and originalhost': {
    config:
      'Host web01\n  HostName 10.1.2.3\nMatch host 10.1.* originalhost web*\n  Port 51\nMatch !host 10.1.*\n  User no\n',
  },
  'Match user': { config: 'Host web01\n  User ops\nMatch user ops,adm\n  Port 71\nMatch !user ops\n  Port 72\n' },
  'Match user without User': { config: `Match user ${user}\n  Port 81\nMatch localuser !${user},*\n  BatchMode yes\n` },
  'Match all and what follows': { config: 'Host db\n  Port 9\nMatch all\n  Port 91\nHost *\n  User z\n' },
  'Match with a list that has a negation': {
    config: 'Match host "web*,!web01"\n  Port 61\nMatch host !db,web*\n  Port 62\n',
  },
  'Match final': {
    config: 'Host 10.9.9.9\n  Port 1\nHost web01\n  HostName 10.9.9.9\nMatch final host 10.9.*\n  User last\n',
  },
  'Match final all': {
    config: 'Match final all\n  Port 77\nHost web01\n  HostName REAL.example\nHost real.example\n  User r\n',
  },
  'Match not final': { config: 'Match !final host web01\n  Port 78\nMatch canonical\n  Port 79\n' },
  'Match exec': {
    config:
      'Match host web01 exec "test %n = web01"\n  Port 5\nMatch !exec "true"\n  User no\nMatch host db exec "exit 1"\n Port 6\n',
  },
  'several keys': {
    config:
      'Host web01\n  IdentityFile ~/.ssh/a\n  IdentityFile /k/%h-%r-%p-%n\nHost *\n  IdentityFile ~/.ssh/a\n  IdentityFile ${KEYS}/b%%\n  CertificateFile ~/c.pub\n',
  },
  'no keys': { config: 'IdentityFile none\nIdentitiesOnly yes\n' },
  'more tokens': { config: 'IdentityFile %d/x-%u-%i-%L-%l-%C\nUserKnownHostsFile ~/.ssh/kh-%k /etc/%h\n' },
  'the lists of known hosts': {
    config: 'UserKnownHostsFile ~/a /b/c\nGlobalKnownHostsFile /dev/null\nUserKnownHostsFile /d\n',
  },
  'no known hosts': { config: 'UserKnownHostsFile none\nGlobalKnownHostsFile none\nStrictHostKeyChecking off\n' },
  'accept-new': { config: 'StrictHostKeyChecking accept-new\nHashKnownHosts yes\nHostKeyAlias cluster\n' },
  'a chain of jump hosts': {
    config: 'Host web01\n  ProxyJump ops@gate:2222,inner,[::1]:24\n  ProxyCommand nc %h %p\n',
  },
  'ProxyJump none before a jump': {
    config: 'Host web01\n  ProxyJump none\nHost *\n  ProxyJump gate\n  ProxyCommand nc %h %p\n',
  },
  'ProxyJump none before a command': { config: 'ProxyJump none\nProxyCommand nc %h\n' },
  'ProxyCommand none before a jump': { config: 'ProxyCommand none\nProxyJump gate\n' },
  'a ProxyCommand with tokens': {
    config: 'Host web01\n  HostName 10.0.0.7\n  ProxyCommand nc -x "proxy # 1" %h %p %r %%\n  ProxyJump gate\n',
  },
  'ProxyCommand none': { config: 'Host web01\n  ProxyCommand none\nHost *\n  ProxyCommand nc %h %p\n' },
  'the agent': { config: 'IdentityAgent ~/agent-%r\nForwardAgent yes\n' },
  'an agent from the environment': { config: 'IdentityAgent $OTHER_SOCK\nForwardAgent $OTHER_SOCK\n' },
  'no agent': { config: 'IdentityAgent none\nForwardAgent yes\n' },
  'an agent forwarded by its path': { config: 'ForwardAgent /run/%h.sock\nIdentityAgent SSH_AUTH_SOCK\n' },
  'methods of authentication': {
    config:
      'PubkeyAuthentication no\nPasswordAuthentication no\nChallengeResponseAuthentication no\nPreferredAuthentications password,publickey\nNumberOfPasswordPrompts 1\nGSSAPIAuthentication yes\n',
  },
  'PubkeyAuthentication unbound': { config: 'PubkeyAuthentication unbound\nCompression yes\nAddressFamily inet6\n' },
  'times and limits': {
    config:
      'ConnectTimeout 1m30s\nServerAliveInterval 2h\nServerAliveCountMax 7\nRekeyLimit 1G 1h\nBindAddress 127.0.0.1\n',
  },
  'RekeyLimit default': { config: 'RekeyLimit default none\nHost *\n RekeyLimit 500K\n' },
  variables: { config: 'SetEnv A=1 "B=two words" C=\nSetEnv D=4\nSendEnv LANG LC_*\nSendEnv -LC_* X\n' },
  algorithms: {
    config:
      'Ciphers aes256-ctr,aes128-ctr\nMACs hmac-sha2-256\nKexAlgorithms curve25519-sha256\nHostKeyAlgorithms ssh-ed25519\nPubkeyAcceptedKeyTypes ssh-ed25519\nPubkeyAcceptedAlgorithms ssh-ed25519\n',
  },
  'unknown options that are ignored': {
    config: 'IgnoreUnknown UseKeychain,Foo*\nUseKeychain yes\nFooBar 1 2 3\nPort 7\n',
  },
  Include: {
    config:
      'Host web01\n  Include FOLDER/inc/*.conf\nHost *\n  Port 9\n--- inc/10.conf\nUser from-include\nHost db\n  Port 3\n--- inc/20.conf\nPort 4\n--- inc/.hidden.conf\nHostName hidden\n',
  },
  'Include in a block that does not match': {
    config: 'Host db\n  Include FOLDER/inc2/x\nPort 5\nHost *\n  Port 6\n--- inc2/x\nHost *\n  User never\n',
  },
  'Include with a Match that ends the block of the file': {
    config:
      'Host web01\n  Include FOLDER/inc3/[a-b] FOLDER/inc3/missing\n  Port 8\n--- inc3/a\nMatch host nothing\n--- inc3/b\nUser b\n--- inc3/c\nUser c\n',
  },
  'a request with address, port and user': {
    config:
      'Host web01\n  HostName 1.1.1.1\n  Port 1\n  User x\nMatch user ops host 10.0.0.5\n  BindAddress 127.0.0.1\n',
    request: { name: 'web01', address: '10.0.0.5', port: 2022, user: 'ops' },
  },
  'an address with a zone': { config: 'Port 23\n', request: { name: 'router', address: 'fe80::1%lo' } },
  'a destination with a user': { config: 'User no\nHost web01\n  Port 33\n', request: { name: 'DOM\\me@web01' } },
  'a ssh:// address': { config: 'User no\n', request: { name: 'ssh://ops@web01:2201' } },
  backslashes: { config: 'Host web01\n  User "a\\"b"\n'.replace('a\\"b', 'ab\\\\c') + '  IdentityFile /k/a\\ b\n' },
};

/** Configurations that ssh refuses. */
export const refusedConfigs: Readonly<Record<string, string>> = {
  'a port that is none': 'Host *\n  Port many\n',
  'a flag that is none': 'Compression perhaps\n',
  'a value that is missing': 'Host *\n  HostName\n',
  'two values for one': 'User a b\n',
  'a quote without an end': 'User "a\n',
  'a limit that is none': 'RekeyLimit 1X\n',
  'a time that is none': 'ConnectTimeout soon\n',
  'Match without criteria': 'Match\n  Port 1\n',
  'Match all beside others': 'Match user x host y all\n  Port 1\n',
  'Match host without a value': 'Match host\n  Port 1\n',
  'an Include in a circle': 'Include FOLDER/circle\n--- circle\nInclude FOLDER/circle\n',
};
