/** One input of a tool as a surface asks for it: a prompt in the palette, a flag on the command line. */
export interface Field {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly kind: 'text' | 'number' | 'boolean' | 'choice';
  readonly choices: readonly string[];
  readonly required: boolean;
  /** As a person would type it; undefined when there is none. */
  readonly defaultValue: string | undefined;
  readonly examples: readonly string[];
  /** Holds several, apart by spaces: a flag that is given again adds to it. */
  readonly many: boolean;
  /** What is offered for it beside those: the hosts that files name. */
  readonly suggest?: 'hosts';
}

/** What a person typed, as the value of that field; text that is no number stays text and is refused by the schema. */
export function valueOf(field: Field, text: string): unknown {
  switch (field.kind) {
    case 'number': {
      const value = Number(text);
      return text.trim() === '' || Number.isNaN(value) ? text : value;
    }
    case 'boolean':
      return ['true', 'yes', 'on', '1'].includes(text.trim().toLowerCase());
    case 'text':
    case 'choice':
      return text;
  }
}
