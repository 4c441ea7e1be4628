import { expect, test } from "vitest";
import { evaluateHere } from "../support/evaluate.ts";
import { solvePoint } from "../support/solve-point.ts";

const flat = (g: number) => ({ spectrum: "flat", g });

test("rcond of a qubit is 1: one unknown", () => {
  const model = { factors: [2], hamiltonian: "sz(1)/2", baths: { b: { coupling: "sx(1)" } } };
  expect(solvePoint({ model, T_b: 1, bath_b: flat(1), columns: ["rcond"] }).value("rcond")).toBe(1);
});

/** A matrix brought to the size of 1, rows first, by powers of two. */
function scaled(a: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const power = (values: readonly number[]) =>
    2 ** -Math.floor(Math.log2(Math.max(...values.map(Math.abs))));
  const rows = a.map((row) => row.map((x) => x * power(row)));
  return rows.map((row) => row.map((x, j) => x * power(rows.map((other) => other[j]))));
}

const norm = (a: readonly (readonly number[])[]) =>
  Math.max(...a.map((row) => row.reduce((sum, x) => sum + Math.abs(x), 0)));

test("rcond of three levels is that of the 2 × 2 matrix of their rates by hand, to 1e−12", () => {
  const spec = {
    model: {
      levels: 3,
      hamiltonian: "proj(1,2,2) + 3*proj(1,3,3)",
      baths: {
        a: { coupling: "proj(1,1,2)" },
        b: { coupling: "proj(1,2,3)" },
        c: { coupling: "proj(1,1,3)" },
      },
    },
    T_a: 1,
    T_b: 2,
    T_c: 3,
    bath_a: flat(1),
    bath_b: flat(2),
    bath_c: flat(30),
    columns: ["rcond"],
  };
  const up = (g: number, x: number) => g / Math.expm1(x);
  const down = (g: number, x: number) => g + up(g, x);
  const a = scaled([
    [-down(1, 1) - up(2, 1), down(2, 1)],
    [up(2, 1), -down(2, 1) - down(30, 1)],
  ]);
  const determinant = a[0][0] * a[1][1] - a[0][1] * a[1][0];
  const inverse = [
    [a[1][1] / determinant, -a[0][1] / determinant],
    [-a[1][0] / determinant, a[0][0] / determinant],
  ];
  const wanted = 1 / (norm(a) * norm(inverse));
  expect(Math.abs(solvePoint(spec).value("rcond") / wanted - 1)).toBeLessThan(1e-12);
});

test("rcond sees a dark state from afar: a hundred times less at a tenth of the splitting that breaks it", () => {
  const at = (splitting: number) =>
    solvePoint({
      model: {
        factors: [2, 2],
        hamiltonian: "sz(1)/2 + omega/2*sz(2)",
        parameters: { omega: 1 + splitting },
        baths: { b: { coupling: ["sm(1)", "sm(2)"] } },
      },
      equation: "redfield",
      T_b: 1,
      bath_b: flat(1),
      columns: ["rcond"],
    }).value("rcond");
  expect(at(1e-2) / at(1e-3)).toBeGreaterThan(90);
  expect(at(1e-2) / at(1e-3)).toBeLessThan(110);
});

test.each(["wasm", "js"] as const)(
  "%s: the other columns have the same bits whether rcond is asked for or not, in rows of every path",
  (backend) => {
    const spec = (columns: readonly string[]) => ({
      model: {
        factors: [2, 2],
        hamiltonian: "u/2*sz(1) + 0.5*sz(2) + J*(sp(1)*sm(2) + sm(1)*sp(2))",
        parameters: { u: 1, J: 0.1 },
        baths: { A: { coupling: "sm(1)" }, B: { coupling: "sm(2)" } },
      },
      T_B: 1,
      bath_A: flat(0.1),
      bath_B: flat(0.1),
      // J = 0 is degenerate, J = 2 turns the levels over, T < 0 is no temperature
      sweep: [{ J: [0.1, 0, 2] }, { T_A: [1, 2, 0.001, -1, 0] }],
      columns,
    });
    const plain = evaluateHere(spec(["populations", "currents"]), backend);
    const more = evaluateHere(spec(["populations", "currents", "rcond"]), backend);
    expect(more.status).toEqual(plain.status);
    expect(new Set(plain.status)).toContain(1);
    for (const [k, name] of plain.names.entries()) {
      expect(more.column(name), name).toEqual(plain.columns[k]);
    }
    const rcond = more.column("rcond");
    plain.status.forEach((status, row) => {
      expect(Number.isNaN(rcond[row])).toBe((status & 3) !== 0);
    });
  },
);
