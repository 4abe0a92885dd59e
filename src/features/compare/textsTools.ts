import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../lib/errors';
import { machineWords } from '../../machine/fileErrors';
import type { ChangeTool, Tool } from '../../tool/tool';
import { readSource } from './core/sources/readSource';
import { parseSource } from './core/sources/source';
import type { Content } from './core/text/content';
import type { TextOptions } from './core/text/options';
import { formByRules, parseFormRules, type FormRule } from './core/config/formRules';
import { fileOf } from './core/config/forms';
import { compareConfigs } from './core/config/compareConfigs';
import {
  type DeltaFormat,
  outputsInput,
  type OutputsInput,
  textsInput,
  type TextsInput,
  textsResult,
  type TextsResult,
} from './core/text/toolSchema';
import { textsReport } from './report/texts';
import { deltaOf } from './report/textsDelta';

/** What a search for the fewest changed lines may take; then the rest is only told well, and the result says so. */
const MINIMAL_MS = 20_000;

/** These are applied to the files as they are. */
const FOR_PROGRAMS: ReadonlySet<DeltaFormat> = new Set(['unified', 'context', 'normal', 'ndiff']);

/** Up to here a thread of its own would take longer to start than the comparison takes. */
const QUICK_BYTES = 262_144;

interface TextsTask {
  readonly left: Content;
  readonly right: Content;
  readonly form: TextsInput['as'];
  /** A setting has chosen it. */
  readonly isSet: boolean;
  readonly options: TextOptions;
  readonly delta: DeltaFormat;
}

/** A pattern may take for ever, and what looks into lines long. */
function isQuick({ left, right, options, delta }: TextsTask): boolean {
  if (options.ignoreMatching !== '' || delta === 'ndiff' || delta === 'html') return false;
  return left.bytes.byteLength + right.bytes.byteLength <= QUICK_BYTES;
}

function compared({ left, right, form, isSet, options, delta }: TextsTask): TextsResult {
  const end = performance.now() + MINIMAL_MS;
  const comparison = compareConfigs(left, right, form, options, () => performance.now() > end);
  const { config } = comparison;
  const told = isSet && config !== null ? { config: { ...config, chosenBy: 'setting' as const } } : {};
  return { ...comparison, ...told, delta: deltaOf(comparison, delta) };
}

function rulesOf(forms: string): readonly FormRule[] {
  const rules = parseFormRules(forms);
  return typeof rules === 'string' ? [] : rules;
}

function fileNameOf({ label }: Content): string {
  return fileOf(label);
}

/** Two texts line by line, wherever they are. */
export const textsTool: Tool<TextsInput, TextsResult> = {
  input: textsInput,
  result: textsResult,
  async *run({ left, leftText, right, rightText, delta, as, forms, ...options }, context) {
    context.progress(l10n.t('Reading both sides…'));
    const [leftContent, rightContent] = await Promise.all([
      readSource(left, leftText, context),
      readSource(right, rightText, context),
    ]);
    context.progress(l10n.t('Comparing…'));
    const ruled = as === 'auto' ? formByRules(rulesOf(forms), [leftContent, rightContent].map(fileNameOf)) : null;
    const form = as === 'auto' && FOR_PROGRAMS.has(delta) ? 'plain' : (ruled ?? as);
    const isSet = ruled !== null;
    const task: TextsTask = { left: leftContent, right: rightContent, form, isSet, options, delta };
    const { compute } = context;
    yield compute === undefined || isQuick(task) ? compared(task) : ((await compute(task)) as TextsResult);
  },
  compute: (task) => compared(task as TextsTask),
  report: textsReport,
  bareText: ({ delta }) => delta?.text ?? null,
};

/** What commands write is compared like files; running them may change something, so that is asked first. */
export const outputsTool: ChangeTool<OutputsInput, TextsResult> = {
  ...textsTool,
  input: outputsInput,
  plan(input, { machine: { name } }) {
    const commands = commandsOf(input, name);
    if (commands.length === 0) {
      const text = l10n.t('Neither side is a command. Write exec: before it, or compare files with Compare Texts.');
      return Promise.reject(new ExpectedError('invalid-input', text));
    }
    return Promise.resolve({
      question: l10n.t('Run this and compare what it writes?'),
      details: commands.map(({ line, machine }) => l10n.t('{0}: {1}', machineWords(machine), line)),
      confirm: l10n.t('Run'),
      input,
    });
  },
  changedMachines: (input, machine) => commandsOf(input, machine).map((command) => command.machine),
  changes: () => [],
};

interface Command {
  readonly machine: string;
  readonly line: string;
}

function commandsOf(input: OutputsInput, machine: string): readonly Command[] {
  const sides = [
    ...(input.leftText === undefined ? [input.left] : []),
    ...(input.rightText === undefined ? [input.right] : []),
  ];
  return sides.flatMap((side) => {
    const source = parseSource(side);
    return source.kind === 'command' ? [{ machine: source.machine ?? machine, line: source.line }] : [];
  });
}
