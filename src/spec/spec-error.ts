/** One thing wrong with a spec. */
export interface SpecIssue {
  /** Where, as a path of keys: `bath_A.g`, `sweep[1].T_A.linspace`; `""` is the whole spec. */
  readonly path: string;
  /** What is wrong: what it got, what it wants and, for a name, the nearest right one. */
  readonly message: string;
}

/** A spec, a point or a command line is wrong; no retry helps (exit code 2). */
export class SpecError extends Error {
  override readonly name = "SpecError";
  readonly issues: readonly SpecIssue[];

  constructor(issues: readonly SpecIssue[]) {
    super(
      issues.map(({ path, message }) => (path === "" ? message : `${path}: ${message}`)).join("\n"),
    );
    this.issues = issues;
  }
}
