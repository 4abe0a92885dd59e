import { compareConfigs, type ConfigChoice } from '../../../../../../src/features/compare/core/config/compareConfigs';
import type { ConfigForm } from '../../../../../../src/features/compare/core/config/forms';
import { readConfig } from '../../../../../../src/features/compare/core/config/normalise';
import { printed } from '../../../../../../src/features/compare/core/config/tree';
import { PLAIN_OPTIONS, type TextOptions } from '../../../../../../src/features/compare/core/text/options';
import { textComparison, type TextComparison } from '../../../../../../src/features/compare/core/text/schema';

export interface Named {
  readonly name: string;
  readonly text: string | Uint8Array;
}

export function compared(
  left: Named,
  right: Named,
  as: ConfigChoice = 'auto',
  options: Partial<TextOptions> = {},
): TextComparison {
  const content = ({ name, text }: Named) => ({
    label: name,
    bytes: typeof text === 'string' ? Buffer.from(text) : text,
  });
  return textComparison.parse(compareConfigs(content(left), content(right), as, { ...PLAIN_OPTIONS, ...options }));
}

/** 'order', 'notation', 'identical' or 'different'; with why where it could not be read. */
export function judged(form: ConfigForm, left: string, right: string): string {
  const { outcome, config } = compared({ name: 'left', text: left }, { name: 'right', text: right }, form);
  if (config?.failure != null) return `${config.failure.line}:${config.failure.column} ${config.failure.reason}`;
  return outcome === 'same-meaning' ? String(config?.difference) : outcome;
}

export function normalised(form: ConfigForm, text: string): readonly string[] {
  return printed(readConfig(text, form), true).lines;
}
