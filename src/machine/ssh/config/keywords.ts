/** How the value of a keyword is written in ssh_config(5), for those that HostOptions knows. */
export type KeywordKind =
  | 'word'
  | 'flag'
  | 'pubkey'
  | 'integer'
  | 'seconds'
  | 'checking'
  | 'family'
  | 'rekey'
  /** The rest of the line as it is. */
  | 'rest'
  /** The first line decides, with all its words. */
  | 'words'
  /** Every line adds a value that is not there yet. */
  | 'added'
  | 'sendenv'
  /** Comma-separated, without blanks. */
  | 'names';

export const keywordKinds: ReadonlyMap<string, KeywordKind> = new Map([
  ['hostname', 'word'],
  ['port', 'integer'],
  ['user', 'word'],
  ['tag', 'word'],
  ['addressfamily', 'family'],
  ['bindaddress', 'word'],
  ['connecttimeout', 'seconds'],
  ['proxyjump', 'rest'],
  ['proxycommand', 'rest'],
  ['identityfile', 'added'],
  ['certificatefile', 'added'],
  ['identitiesonly', 'flag'],
  ['identityagent', 'word'],
  ['forwardagent', 'word'],
  ['pubkeyauthentication', 'pubkey'],
  ['passwordauthentication', 'flag'],
  ['kbdinteractiveauthentication', 'flag'],
  ['gssapiauthentication', 'flag'],
  ['preferredauthentications', 'names'],
  ['numberofpasswordprompts', 'integer'],
  ['batchmode', 'flag'],
  ['stricthostkeychecking', 'checking'],
  ['userknownhostsfile', 'words'],
  ['globalknownhostsfile', 'words'],
  ['hostkeyalias', 'word'],
  ['hashknownhosts', 'flag'],
  ['compression', 'flag'],
  ['serveraliveinterval', 'seconds'],
  ['serveralivecountmax', 'integer'],
  ['rekeylimit', 'rekey'],
  ['kexalgorithms', 'names'],
  ['ciphers', 'names'],
  ['macs', 'names'],
  ['hostkeyalgorithms', 'names'],
  ['pubkeyacceptedalgorithms', 'names'],
  ['revokedhostkeys', 'word'],
  ['knownhostscommand', 'words'],
  ['hostbasedauthentication', 'flag'],
  ['pkcs11provider', 'word'],
  ['setenv', 'words'],
  ['sendenv', 'sendenv'],
  ['ignoreunknown', 'word'],
  ['canonicalizehostname', 'word'],
]);

/** Older names of the same thing. */
const aliases: ReadonlyMap<string, string> = new Map([
  ['challengeresponseauthentication', 'kbdinteractiveauthentication'],
  ['skeyauthentication', 'kbdinteractiveauthentication'],
  ['tisauthentication', 'kbdinteractiveauthentication'],
  ['dsaauthentication', 'pubkeyauthentication'],
  ['identityfile2', 'identityfile'],
  ['pubkeyacceptedkeytypes', 'pubkeyacceptedalgorithms'],
]);

/** The name under which a keyword is kept. */
export function canonicalKeyword(keyword: string): string {
  return aliases.get(keyword) ?? keyword;
}

/** What ssh_config(5) of OpenSSH up to 10.2 has beside, of Debian and macOS as well: it decides nothing here. */
const others =
  'addkeystoagent afstokenpassing bindinterface canonicaldomains canonicalizefallbacklocal canonicalizemaxdots ' +
  'canonicalizepermittedcnames casignaturealgorithms challengeresponse channeltimeout checkhostip cipher ' +
  'clearallforwardings compressionlevel connectionattempts controlmaster controlpath controlpersist ' +
  'dynamicforward enableescapecommandline enablesshkeysign escapechar exitonforwardfailure fallbacktorsh ' +
  'fingerprinthash forkafterauthentication forwardx11 forwardx11timeout forwardx11trusted gatewayports ' +
  'globalknownhostsfile2 gssapiclientidentity gssapidelegatecredentials gssapikexalgorithms gssapikeyexchange ' +
  'gssapirenewalforcesrekey gssapiserveridentity gssapitrustdns hostbasedacceptedalgorithms ' +
  'hostbasedkeytypes ipqos kbdinteractivedevices keepalive kerberosauthentication ' +
  'kerberostgtpassing localcommand localforward loglevel logverbose ' +
  'nohostauthenticationforlocalhost obscurekeystroketiming permitlocalcommand permitremoteopen ' +
  'protocol protocolkeepalives proxyusefdpass refuseconnection remotecommand remoteforward requesttty ' +
  'requiredrsasize rhostsauthentication rhostsrsaauthentication rsaauthentication ' +
  'securitykeyprovider sessiontype setuptimeout smartcarddevice stdinnull streamlocalbindmask ' +
  'streamlocalbindunlink syslogfacility tcpkeepalive tunnel tunneldevice updatehostkeys usekeychain ' +
  'useprivilegedport userknownhostsfile2 useroaming usersh verifyhostkeydns versionaddendum visualhostkey ' +
  'warnweakcrypto xauthlocation';

const known: ReadonlySet<string> = new Set(others.split(' '));

export function isKnownKeyword(keyword: string): boolean {
  return keywordKinds.has(keyword) || known.has(keyword);
}
