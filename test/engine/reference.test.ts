import { expect, test } from "vitest";
import { parseSpec } from "../../src/spec/parse-spec.ts";
import { createSolver } from "../../src/engine/solver.ts";
import { models } from "../../src/models/index.ts";
import { current, type LiteralEquation } from "../support/literal.ts";
import { literalSystem } from "../support/literal-models.ts";
import { referenceCases, type ReferenceCase } from "../support/reference.ts";

/** Below it doubles are subnormal and have no relative precision to ask for. */
const SUBNORMAL = 2.3e-308;

const backends = ["wasm", "js"] as const;

function solveCase({ point, expected }: ReferenceCase, method: string, backend: "wasm" | "js") {
  const solve = createSolver(backend);
  const sweep = parseSpec({ ...point, method, columns: [...expected.keys()] });
  const { values, status } = solve(sweep);
  return { result: new Map(sweep.columns.map(({ name }, k) => [name, values[k]])), status };
}

function relativeError(value: number, exact: number): number {
  return Math.abs(value - exact) / Math.max(Math.abs(exact), SUBNORMAL);
}

function casesOf(equation: string, model: string): readonly ReferenceCase[] {
  return referenceCases.filter((c) => c.equation === equation && c.model === model);
}

test("there are 300 cases, 60 of each kind", () => {
  expect(referenceCases).toHaveLength(300);
  for (const equation of ["lindblad", "redfield", "redfield-eq213", "redfield-appendix"]) {
    expect(casesOf(equation, "qubit-pair")).toHaveLength(60);
  }
});

for (const backend of backends) {
  for (const model of models) {
    for (const equation of model.closed) {
      const cases = casesOf(equation, model.name);
      if (cases.length === 0) continue;
      test(`${backend}: ${model.name} ${equation} closed, each number within 1e-13 of itself (design: closed forms)`, () => {
        for (const c of cases) {
          const { result } = solveCase(c, "closed", backend);
          for (const [name, exact] of c.expected) {
            expect(relativeError(result.get(name)!, exact), `line ${c.line} ${name}`).toBeLessThan(
              1e-13,
            );
          }
        }
      });
    }
  }

  test(`${backend}: lindblad by lu, each population within 1e-12 of itself at any temperature (design: LU)`, () => {
    for (const c of referenceCases.filter(({ equation }) => equation === "lindblad")) {
      const { result, status } = solveCase(c, "lu", backend);
      expect(status, `line ${c.line}`).toBe(0);
      for (const [name, exact] of c.expected) {
        if (!name.startsWith("rho")) continue;
        expect(relativeError(result.get(name)!, exact), `line ${c.line} ${name}`).toBeLessThan(
          1e-12,
        );
      }
    }
  });

  test(`${backend}: every equation by lu, density matrix within 1e-13 of its largest entry (design: LU, normwise)`, () => {
    for (const c of referenceCases) {
      const { result } = solveCase(c, "lu", backend);
      const entries = [...c.expected].filter(([name]) => name.includes("rho"));
      const norm = Math.max(...entries.map(([, exact]) => Math.abs(exact)));
      for (const [name, exact] of entries) {
        const error = Math.abs(result.get(name)! - exact) / norm;
        expect(error, `line ${c.line} ${name}`).toBeLessThan(1e-13);
      }
    }
  });

  test(`${backend}: every equation by lu, currents within 1e-13 of the sum of their terms (design: LU)`, () => {
    for (const c of referenceCases.filter(({ expected }) => expected.has("q_A"))) {
      const { result } = solveCase(c, "lu", backend);
      const scale = sumOfTerms(c);
      for (const name of ["q_A", "q_B"]) {
        const error = Math.abs(result.get(name)! - c.expected.get(name)!);
        expect(error, `line ${c.line} ${name}`).toBeLessThan(1e-13 * scale.get(name)!);
      }
    }
  });
}

/** Σ|E_n K^X_{nn,qq′} ρ_qq′| of both baths, ρ being the reference. */
function sumOfTerms({ point, equation, expected }: ReferenceCase): ReadonlyMap<string, number> {
  const system = literalSystem(point);
  const n = system.energies.length;
  const rho = Array.from({ length: n * n }, () => ({ re: 0, im: 0 }));
  if (n === 2) {
    rho[0] = { re: expected.get("rho_mm")!, im: 0 };
    rho[3] = { re: expected.get("rho_pp")!, im: 0 };
  } else {
    for (let k = 0; k < 4; k++) rho[5 * k] = { re: expected.get(`rho_${k + 1}${k + 1}`)!, im: 0 };
    const [re, im] = [expected.get("re_rho_23")!, expected.get("im_rho_23")!];
    rho[1 * n + 2] = { re, im };
    rho[2 * n + 1] = { re, im: -im };
  }
  return new Map(
    ["q_A", "q_B"].map((name, bath) => [
      name,
      current(system, bath, equation as LiteralEquation, rho).terms,
    ]),
  );
}
