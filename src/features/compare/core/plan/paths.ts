/** Paths apart by lines or commas, or a JSON array for names in which those stand; without slashes at their ends. */
export function pathsOf(text: string): readonly string[] {
  return (jsonPaths(text) ?? text.split(/[,\n]/).map((path) => path.trim()))
    .map((path) => path.replace(/^(\.?\/)+|\/+$/g, ''))
    .filter((path) => path !== '');
}

function jsonPaths(text: string): readonly string[] | null {
  if (!text.trim().startsWith('[')) return null;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : null;
  } catch {
    // A name that begins with a bracket.
    return null;
  }
}
