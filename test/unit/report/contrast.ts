/** The custom properties with colours of the light and the dark theme of a page. */
export function themesOf(page: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const [light = '', dark = ''] = page.split('@media screen and (prefers-color-scheme: dark)');
  const colours = (text: string): ReadonlyMap<string, string> =>
    new Map([...text.matchAll(/--([a-z0-9-]+): (#[0-9a-f]{6});/g)].map(([, name = '', value = '']) => [name, value]));
  return new Map([
    ['light', colours(light)],
    ['dark', colours(dark.split('}')[0] ?? '')],
  ]);
}

/** WCAG 2.2, contrast ratio: 1 to 21. */
export function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** WCAG 2.2, relative luminance of #rrggbb. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
