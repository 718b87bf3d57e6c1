/** Text or bytes that are not of the exact form this format has; the message says what is wrong, in words a reader of a pack understands. */
export class Malformed extends Error {
  constructor(message: string) {
    super(message);
    this.name = "Malformed";
  }
}
