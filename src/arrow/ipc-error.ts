const words = {
  unreadable: "cannot be read",
  foreign: "is no result file",
  truncated: "is cut short",
  damaged: "is damaged",
};

/** Why a file cannot be read: it is compressed, no table at all, or one that was cut short or damaged. */
export class IpcError extends Error {
  override readonly name = "IpcError";
  readonly kind: keyof typeof words;

  constructor(kind: keyof typeof words, message: string) {
    super(message);
    this.kind = kind;
  }

  /** The same error, naming the file. */
  at(path: string): IpcError {
    return new IpcError(this.kind, `${path} ${words[this.kind]}: ${this.message}`);
  }
}
