/** A name that is none, and those there are. */
export interface WrongName {
  readonly wrong: string;
  readonly names: readonly string[];
}

/** Something wrong with an expression, at a character of it, counted from 0. */
export class ExpressionError extends Error {
  override readonly name = "ExpressionError";
  readonly position: number;
  readonly wrongName: WrongName | undefined;

  constructor(message: string, position: number, wrongName?: WrongName) {
    super(message);
    this.position = position;
    this.wrongName = wrongName;
  }
}
