/** An archive, or one file of it, that cannot be read; the message says why, in words that go behind a colon. */
export class DamagedArchive extends Error {
  override readonly name = 'DamagedArchive';
}
