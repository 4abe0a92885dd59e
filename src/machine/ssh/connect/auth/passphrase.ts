/** Thrown within authentication when a passphrase does not fit; the person is asked again. */
export class WrongPassphrase extends Error {
  override readonly name = 'WrongPassphrase';
}
