import * as l10n from '@vscode/l10n';
import type * as z from 'zod';

/** Why a schema refuses a value, for a person, where the schema itself has no words for it. */
export function plainReason(issue: z.core.$ZodRawIssue): string {
  const given = String(issue.input);
  if (issue.input === undefined || (issue.input === '' && issue.code === 'too_small')) {
    return l10n.t('a value is needed');
  }
  switch (issue.code) {
    case 'invalid_type':
      return ofType(issue.expected, given);
    case 'too_small':
      return issue.origin === 'string'
        ? l10n.t('it has fewer than {0} characters', Number(issue.minimum))
        : ofBound(given, Number(issue.minimum), issue.inclusive === false ? 'above' : 'least');
    case 'too_big':
      return issue.origin === 'string'
        ? l10n.t('it has more than {0} characters', Number(issue.maximum))
        : ofBound(given, Number(issue.maximum), issue.inclusive === false ? 'below' : 'most');
    case 'invalid_value':
      return l10n.t('"{0}" is not one of {1}', given, issue.values.map(String).join(', '));
    default:
      return l10n.t('"{0}" cannot be taken', given);
  }
}

function ofType(expected: string, given: string): string {
  switch (expected) {
    case 'number':
      return l10n.t('"{0}" is not a number', given);
    case 'int':
      return l10n.t('{0} is not a whole number', given);
    case 'boolean':
      return l10n.t('"{0}" is neither true nor false', given);
    case 'string':
      return l10n.t('text is expected; a number stands in quotes');
    case 'array':
      return l10n.t('a list is expected');
    case 'object':
      return l10n.t('a map is expected');
    default:
      return l10n.t('"{0}" cannot be taken', given);
  }
}

function ofBound(given: string, bound: number, kind: 'least' | 'above' | 'most' | 'below'): string {
  switch (kind) {
    case 'least':
      return l10n.t('{0} is less than {1}', given, bound);
    case 'above':
      return l10n.t('{0} is not more than {1}', given, bound);
    case 'most':
      return l10n.t('{0} is more than {1}', given, bound);
    case 'below':
      return l10n.t('{0} is not less than {1}', given, bound);
  }
}
