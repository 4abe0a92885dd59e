/** Any text as a part of an element's id: what an id must not hold becomes its number. */
export function idPart(text: string): string {
  return text.replace(/[^\w.-]/g, (character) => `_${character.charCodeAt(0).toString(16)}_`);
}
