/** An object of the JSON that ip(8) prints. What another program made is looked at field by field. */
export type Fields = Readonly<Record<string, unknown>>;

/** null when the text is not a list of JSON; what `make` does not take is left out. */
export function listOf<T>(text: string, make: (fields: Fields) => T | null): readonly T[] | null {
  // Nothing at all is an empty list.
  if (text.trim() === '') return [];
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? objectsOf(value).flatMap((fields) => make(fields) ?? []) : null;
  } catch {
    return null;
  }
}

export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

export function objectsOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.map(fieldsOf) : [];
}

export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null;
}

export function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

export function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
