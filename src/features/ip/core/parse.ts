import * as l10n from '@vscode/l10n';
import { parseAddress, parseBracketed, parseWithPort, splitBracketed } from './parseAddress';
import type { Parsed, Reading, Refused } from './parsed';
import { parsePrefix } from './parsePrefix';
import { isWildcard, parseRange, parseWildcard, splitRange } from './parseRange';
import { isReverseName, parseReverseName } from './parseReverseName';
import { Refusal, refuse } from './refusal';

/** Longer than any spelling: IPv6 in binary with prefix takes 147 characters, two addresses with zones about 200. */
const longestInput = 400;

/**
 * Reads an address, network, range or netmask form in any usual spelling, also with what comes along when it is
 * copied from a configuration: quotes, parentheses, a comma, semicolon or dot at the end. What may mean two things is
 * refused with both meanings.
 */
export function parse(text: string): Parsed | Refused {
  const given = text.trim();
  try {
    return { kind: 'parsed', given, ...read(unwrapped(given)) };
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'refused', reason: error.message };
    throw error;
  }
}

function unwrapped(text: string): string {
  return text.replace(/^[\s"'`“”‘’„«»(<\u200b\ufeff]+/, '').replace(/[\s"'`“”‘’«»)>,;.\u200b\ufeff]+$/, '');
}

function read(text: string): Reading {
  if (text === '') refuse(l10n.t('there is no address'));
  if (text.length > longestInput) refuse(l10n.t('the text is too long for an address'));
  if (isReverseName(text)) return parseReverseName(text);
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) refuse(l10n.t('this is a URL: give its address only'));
  if (text.startsWith('[')) return readBracketed(text);
  const slash = /^([^/]*?)\s*\/\s*([^/]*)$/.exec(text);
  const range = isMac(text) || /\/\s*-/.test(text) ? undefined : splitRange(text);
  if (range !== undefined) return parseRange(...range);
  if (slash !== null) return parsePrefix(slash[1] ?? '', slash[2] ?? '');
  const spaced = /^(\S+)\s+(?:(?:net)?mask\s+)?(\S+)$/i.exec(text);
  if (spaced !== null) return parseSpaced(spaced[1] ?? '', spaced[2] ?? '');
  if (isWildcard(text)) return parseWildcard(text);
  const withPort = parseWithPort(text);
  if (withPort !== undefined) return withPort;
  const { address, readAs, zone } = parseAddress(text);
  return { subject: { kind: 'address', address }, readAs, ...(zone === undefined ? {} : { zone }) };
}

/** Postfix writes a network as [2001:db8::]/32. */
function readBracketed(text: string): Reading {
  const { inside, after } = splitBracketed(text);
  return after.startsWith('/') ? parsePrefix(inside, after.slice(1)) : parseBracketed(inside, after);
}

/** With hyphens it would be split as a range. */
function isMac(text: string): boolean {
  return /^([0-9a-f]{1,2}-){5}[0-9a-f]{1,2}$/i.test(text);
}

/** The mask of router and interface configurations: 10.0.0.0 255.0.0.0, 10.0.0.1 netmask 0xff000000. */
function parseSpaced(addressText: string, maskText: string): Reading {
  if (/^\d+$/.test(maskText))
    refuse(l10n.t('after a space a netmask is expected; write /{0} for a prefix length', maskText));
  return parsePrefix(addressText, maskText);
}
