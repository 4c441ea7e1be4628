import type { EquationName, MethodName, Model } from "../models/model.ts";
import type { Issues } from "./issues.ts";
import type { Bath } from "./read-bath.ts";
import { alternatives } from "./shown.ts";

/** The method that `method` of a spec means for this equation. */
export function resolveMethod(
  method: MethodName | "auto",
  equation: EquationName,
  model: Model,
  issues: Issues,
): MethodName {
  const hasClosed = model.closed.includes(equation);
  if (method === "auto") return hasClosed ? "closed" : "lu";
  if (method === "closed" && !hasClosed) {
    const having = alternatives(model.closed, "and") || "no equation";
    const have = model.closed.length > 1 ? "have" : "has";
    issues.add("method", `${equation} has no closed form; of ${model.name}, ${having} ${have}`);
  }
  return method;
}

/** (3.70)–(3.72) and the matrix of (A.4) are for identical reservoirs without structure. */
export function checkAppendixBaths(
  model: Model,
  baths: readonly (Bath | undefined)[],
  swept: ReadonlySet<string>,
  issues: Issues,
): void {
  const fixed: { path: string; g: unknown }[] = [];
  for (const [b, bath] of baths.entries()) {
    const path = `bath_${model.baths[b]}`;
    if (bath && bath.spectrum !== "flat") {
      const wanted = "flat, for redfield-appendix is defined for flat baths alone";
      issues.wants(`${path}.spectrum`, bath.spectrum, wanted);
    }
    const g = bath?.numbers["g"];
    if (g !== undefined && !swept.has(`g_${model.baths[b]}`)) fixed.push({ path: `${path}.g`, g });
  }
  const [first] = fixed;
  const other = fixed.find(({ g }) => g !== first?.g);
  if (!first || !other) return;
  const wanted = `${String(first.g)} as in ${first.path}`;
  issues.wants(
    other.path,
    other.g,
    `${wanted}, for redfield-appendix is defined for equal g alone`,
  );
}
