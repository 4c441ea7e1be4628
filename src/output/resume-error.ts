/** Why a file was not begun: what stands under or beside its name has to be dealt with first. */
export class ResumeError extends Error {
  override readonly name = "ResumeError";
  /**
   * `busy`: another process is writing it; `unfinished`: finished batches of an earlier run would be
   * lost; `different`: what is there is not of this sweep; `unsupported`: the output cannot be resumed.
   */
  readonly kind: "busy" | "unfinished" | "different" | "unsupported";

  constructor(kind: ResumeError["kind"], message: string) {
    super(message);
    this.kind = kind;
  }
}
