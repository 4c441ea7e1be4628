const lasting = { refused: true, damaged: false, missing: false };

/**
 * A job of shards cannot go on. `refused`: the folder or the environment belongs to something else, and
 * no retry helps; `damaged` and `missing`: shards that another run makes good.
 */
export class ShardError extends Error {
  override readonly name = "ShardError";
  /** Whether the same command fails again however often it is tried. */
  readonly lasting: boolean;

  constructor(kind: keyof typeof lasting, message: string) {
    super(message);
    this.lasting = lasting[kind];
  }
}
