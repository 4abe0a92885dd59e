/** '$(' in a name must not become an icon, which VS Code makes of it in labels. */
export function withoutIcons(text: string): string {
  return text.replaceAll('$(', '$\u200b(');
}
