import { escapeHtml } from './htmlText';

export interface HtmlPage {
  /** As BCP 47 has it. */
  readonly language: string;
  readonly title: string;
  /** Stand as they are: whoever made them has escaped what came from elsewhere. */
  readonly style: string;
  readonly body: string;
}

/** Enough for a file that holds neither scripts nor anything from elsewhere. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/** One self-contained file without a script: light and dark on screen. */
export function htmlPage({ language, title, style, body }: HtmlPage): string {
  return `<!doctype html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="Opsdeck">
<title>${escapeHtml(title)}</title>
${style}
</head>
<body>
${body}
</body>
</html>
`;
}
