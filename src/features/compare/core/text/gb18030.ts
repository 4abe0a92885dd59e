/** Of the characters beyond ASCII, so many must be usual ones. */
const USUAL_SHARE = 0.8;

/**
 * Whether bytes are Chinese text in GB18030 (or GBK, GB2312). Nearly any bytes could be: what tells is that Chinese text
 * keeps to the characters of GB 2312, pairs of bytes above 0xA0, where Western text has single ones between ASCII.
 */
export function looksLikeGb18030(bytes: Buffer, sampleBytes: number): boolean {
  try {
    new TextDecoder('gb18030', { fatal: true }).decode(bytes);
  } catch {
    return false;
  }
  const sample = bytes.subarray(0, sampleBytes);
  let characters = 0;
  let usual = 0;
  for (let at = 0; at < sample.length; at++) {
    const lead = sample[at] as number;
    if (lead < 0x80) continue;
    const trail = sample[at + 1] ?? 0;
    characters += 1;
    if (isUsual(lead, trail)) usual += 1;
    at += trail >= 0x30 && trail <= 0x39 ? 3 : 1;
  }
  return characters > 0 && usual >= characters * USUAL_SHARE;
}

/** Punctuation and full-width forms (rows 1 to 3), Chinese characters (rows 16 to 87). */
function isUsual(lead: number, trail: number): boolean {
  if (trail < 0xa1 || trail === 0xff) return false;
  return (lead >= 0xa1 && lead <= 0xa3) || (lead >= 0xb0 && lead <= 0xf7);
}
