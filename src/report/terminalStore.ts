/** How much is kept of each end, in UTF-16 code units. */
export interface TerminalLimits {
  readonly first: number;
  readonly last: number;
}

/**
 * Keeps the first and the last part of a text that comes in pieces, and counts what is dropped between them. A piece
 * with styles is cut only behind a line break, so that none is cut off from its text.
 */
export class TerminalStore {
  private first = '';
  private isFirstFull = false;
  private readonly last: string[] = [];
  private lastLength = 0;
  private dropped = 0;

  constructor(private readonly limits: TerminalLimits) {}

  push(piece: string): void {
    const rest = this.isFirstFull ? piece : this.fillFirst(piece);
    if (rest === '') return;
    this.last.push(rest);
    this.lastLength += rest.length;
    while (this.lastLength > this.limits.last) this.dropSome();
  }

  get firstPart(): string {
    return this.first;
  }

  get lastPart(): string {
    return this.last.join('');
  }

  /** In UTF-8. */
  get droppedBytes(): number {
    return this.dropped;
  }

  /** What has no room. */
  private fillFirst(piece: string): string {
    const room = this.limits.first - this.first.length;
    if (piece.length <= room) {
      this.first += piece;
      return '';
    }
    this.isFirstFull = true;
    if (room === 0) return piece;
    const lineEnd = piece.lastIndexOf('\n', room - 1) + 1;
    const end = lineEnd > 0 || isStyled(piece) ? lineEnd : characterStart(piece, room);
    this.first += piece.slice(0, end);
    return piece.slice(end);
  }

  private dropSome(): void {
    const [oldest = ''] = this.last;
    const tooMuch = this.lastLength - this.limits.last;
    const end = tooMuch >= oldest.length ? oldest.length : cutBehind(oldest, tooMuch);
    const gone = oldest.slice(0, end);
    this.dropped += utf8Length(gone);
    this.lastLength -= gone.length;
    if (end === oldest.length) this.last.shift();
    else this.last[0] = oldest.slice(end);
  }
}

/** Where to cut so that at least so much goes. */
function cutBehind(piece: string, least: number): number {
  const lineEnd = piece.indexOf('\n', least - 1) + 1;
  if (lineEnd > 0 && lineEnd < piece.length) return lineEnd;
  return isStyled(piece) ? piece.length : characterStart(piece, least + 1);
}

function isStyled(piece: string): boolean {
  return piece.includes('\u001b');
}

/** There or one before: not within a surrogate pair. */
function characterStart(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}

const encoder = new TextEncoder();

function utf8Length(text: string): number {
  return encoder.encode(text).length;
}
