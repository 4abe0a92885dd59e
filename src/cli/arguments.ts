import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../lib/errors';
import { localName } from '../machine/machines';
import { valueOf, type Field } from '../tool/values';

export type Format = 'md' | 'json' | 'csv' | 'html' | 'text';
const formats: readonly string[] = ['md', 'json', 'csv', 'html', 'text'];
/** Flags with a value that every tool has. */
const options: readonly string[] = ['format', 'interval', 'on'];
const switches: readonly string[] = ['watch', 'yes', 'dry-run'];

/** What was asked of a tool on the command line. */
export interface Asked {
  readonly input: Readonly<Record<string, unknown>>;
  readonly format: Format;
  readonly watch: boolean;
  /** A change is made without asking. */
  readonly yes: boolean;
  /** A change is only described. */
  readonly dryRun: boolean;
  /** The machine to run on: 'local', an alias or a name that SSH reaches. */
  readonly machine: string;
  /** Seconds between two results of --watch. */
  readonly intervalSeconds: number;
}

/** As it is written on the command line: memoryOver → memory-over. */
export function flagOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

interface Reading {
  readonly input: Record<string, unknown>;
  readonly options: Map<string, string>;
  readonly free: string[];
}

/**
 * Reads `--flag value`, `--flag=value`, `--switch` and values without a flag, which fill the required inputs in their
 * order. Throws ExpectedError('usage') for what the tool does not know.
 */
export function readArguments(words: readonly string[], fields: readonly Field[]): Asked {
  const reading: Reading = { input: {}, options: new Map(), free: [] };
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') {
      reading.free.push(...rest.splice(0));
    } else if (word.startsWith('--')) {
      readFlag(word, rest, fields, reading);
    } else {
      reading.free.push(word);
    }
  }
  fillFree(reading, fields);
  return {
    input: reading.input,
    format: formatOf(reading.options.get('format') ?? 'md'),
    watch: reading.options.has('watch'),
    yes: reading.options.has('yes'),
    dryRun: reading.options.has('dry-run'),
    machine: reading.options.get('on') ?? localName,
    intervalSeconds: intervalOf(reading.options.get('interval') ?? '2'),
  };
}

function readFlag(word: string, rest: string[], fields: readonly Field[], reading: Reading): void {
  const equals = word.indexOf('=');
  const name = equals < 0 ? word.slice(2) : word.slice(2, equals);
  const field = fields.find((candidate) => candidate.name === name || flagOf(candidate.name) === name);
  const isSwitch = field === undefined ? switches.includes(name) : field.kind === 'boolean';
  if (field === undefined && !switches.includes(name) && !options.includes(name)) {
    throw new ExpectedError('usage', l10n.t('There is no flag --{0}.', name));
  }
  const value = equals >= 0 ? word.slice(equals + 1) : isSwitch ? 'true' : rest.shift();
  if (value === undefined) throw new ExpectedError('usage', l10n.t('--{0} needs a value.', name));
  if (field === undefined) reading.options.set(name, value);
  else if (field.many && field.name in reading.input)
    reading.input[field.name] = `${String(reading.input[field.name])} ${value}`;
  else reading.input[field.name] = valueOf(field, value);
}

function fillFree(reading: Reading, fields: readonly Field[]): void {
  const open = fields.filter((field) => field.required && !(field.name in reading.input));
  for (const [index, value] of reading.free.entries()) {
    const field = open[index];
    if (field === undefined)
      throw new ExpectedError('usage', l10n.t('There is nothing that "{0}" could stand for.', value));
    reading.input[field.name] = valueOf(field, value);
  }
}

function formatOf(text: string): Format {
  if (!formats.includes(text)) {
    throw new ExpectedError('usage', l10n.t('--format is one of {0}, not "{1}".', formats.join(', '), text));
  }
  return text as Format;
}

function intervalOf(text: string): number {
  const seconds = Number(text);
  if (!(seconds >= 0.2 && seconds <= 86_400)) {
    throw new ExpectedError('usage', l10n.t('--interval is a number of seconds from 0.2 to 86400, not "{0}".', text));
  }
  return seconds;
}
