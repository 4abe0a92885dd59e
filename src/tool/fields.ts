import * as z from 'zod';
import * as l10n from '@vscode/l10n';
import { plainReason } from '../lib/reasons';
import type { AnyTool } from './tool';
import type { Field } from './values';

interface JsonProperty {
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly many?: boolean;
  readonly suggest?: string;
}

interface JsonObject {
  readonly properties?: Readonly<Record<string, JsonProperty>>;
  readonly required?: readonly string[];
}

/** The inputs of a tool in the order of its schema. */
export function fieldsOf(tool: AnyTool): readonly Field[] {
  const schema = z.toJSONSchema(tool.input, { io: 'input' }) as JsonObject;
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    title: property.title ?? name,
    description: property.description ?? '',
    kind: kindOf(property),
    choices: (property.enum ?? []).map(String),
    required: required.has(name),
    defaultValue: property.default === undefined ? undefined : JSON.stringify(property.default).replace(/^"|"$/g, ''),
    examples: (property.examples ?? []).map(String),
    many: property.many === true,
    ...(property.suggest === 'hosts' ? { suggest: property.suggest } : {}),
  }));
}

function kindOf(property: JsonProperty): Field['kind'] {
  if (property.enum !== undefined) return 'choice';
  if (property.type === 'number' || property.type === 'integer') return 'number';
  return property.type === 'boolean' ? 'boolean' : 'text';
}

/** Why this value of one field cannot be, or undefined: the schema's own words for that field. */
export function refusalOf(tool: AnyTool, field: Field, value: unknown): string | undefined {
  const outcome = tool.input.safeParse({ [field.name]: value }, { error: plainReason });
  if (outcome.success) return undefined;
  return outcome.error.issues.find((issue) => issue.path[0] === field.name)?.message;
}

export type CheckedInput =
  { readonly kind: 'accepted'; readonly input: unknown } | { readonly kind: 'refused'; readonly reason: string };

/** The whole input, checked by the tool's schema; the reason names each field that is wrong. */
export function checkInput(tool: AnyTool, input: unknown): CheckedInput {
  const outcome = tool.input.safeParse(input, { error: plainReason });
  if (outcome.success) return { kind: 'accepted', input: outcome.data };
  const reasons = outcome.error.issues.map((issue) =>
    issue.path.length === 0 ? issue.message : l10n.t('{0}: {1}', issue.path.join('.'), issue.message),
  );
  return { kind: 'refused', reason: reasons.join('; ') };
}

/** JSON Schema of what a tool takes and gives, for `opsdeck help TOOL --format json` and for files. */
export function schemasOf(tool: AnyTool): { readonly input: unknown; readonly result: unknown } {
  return {
    input: z.toJSONSchema(tool.input, { io: 'input' }),
    result: z.toJSONSchema(tool.result, { io: 'output' }),
  };
}
