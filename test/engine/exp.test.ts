import { expect, test } from "vitest";
import { expm1Reduced, hyperbolic, nearest, powerOfTwo } from "../../src/engine/js/exp.ts";
import { exponentOf, inverseExponent, log2Reduced } from "../../src/engine/js/log2.ts";
import { bigBoltzmann, bigExp, fixedOne, toDouble, toFixed, ulps } from "../support/big-exp.ts";
import { bigSqrt } from "../support/big-sqrt.ts";
import { evaluateHere } from "../support/evaluate.ts";
import { prepare } from "../support/prepared.ts";

/** ln 2 to 60 digits. */
const ln2 = (fixedOne * 693147180559945309417232121458176568075500134360255254120680n) / 10n ** 60n;

/** |a/b − exact| of two doubles in units in the last place of exact, their quotient not rounded. */
function quotientUlps(a: number, b: number, exact: bigint): number {
  const error = (toFixed(a) * fixedOne) / toFixed(b) - exact;
  const ulp = 2 ** (Math.floor(Math.log2(toDouble(exact))) - 52);
  return Math.abs(toDouble(error)) / ulp;
}

test("the oracle gives e and 1/e", () => {
  expect(toDouble(bigExp(fixedOne))).toBe(Math.E);
  expect(toDouble(bigExp(-fixedOne))).toBe(0.36787944117144233);
});

test("expm1Reduced is within 1 ulp on |r| ≤ 0.35 (its series' remainder is 5e-18)", () => {
  for (let i = -350; i <= 350; i++) {
    if (i === 0) continue;
    const r = i / 1000 + 1e-7;
    expect(ulps(expm1Reduced(r), bigExp(toFixed(r)) - fixedOne), `r = ${r}`).toBeLessThan(1);
  }
  expect(expm1Reduced(0)).toBe(0);
  expect(expm1Reduced(1e-300)).toBe(1e-300);
});

test("hyperbolic is r coth(r ln2 / 2) within 0.65 ulp on |r| ≤ ½: half an ulp and what its rounded constant is off", () => {
  for (let i = 1; i <= 1000; i++) {
    // its argument is r², and that is a double
    const square = (i / 2000) ** 2;
    const r = bigSqrt(toFixed(square) * fixedOne);
    const power = bigExp((-r * ln2) / fixedOne);
    const exact = (r * (fixedOne + power)) / (fixedOne - power);
    expect(ulps(hyperbolic(square), exact), `r² = ${square}`).toBeLessThan(0.65);
  }
  expect(hyperbolic(0)).toBe(2 / Math.LN2);
});

test("e^(−ω/T) and 1 − e^(−ω/T) are quotients of prepared numbers within 1.5 and 2.5 ulp, for ω/T from 1e-3 to 690", () => {
  for (let i = 0; i <= 2000; i++) {
    const T_A = 1.7 / (1e-3 * 690_000 ** (i / 2000));
    const bath_A = { spectrum: "flat", g: 1 } as const;
    const point = { model: "qubit", omega_0: 1.7, T_A, T_B: 1, bath_A, bath_B: bath_A } as const;
    const { boltzmann, complement, factor } = prepare(point).rates[0][0];
    const e = bigBoltzmann(1.7, T_A);
    expect(quotientUlps(boltzmann, factor, e), `T = ${T_A}`).toBeLessThan(1.5);
    expect(quotientUlps(complement, factor, fixedOne - e), `T = ${T_A}`).toBeLessThan(2.5);
  }
});

test("powers of two, exponents and rounding are exact", () => {
  for (let k = -1022; k <= 1023; k++) {
    expect(powerOfTwo(k)).toBe(2 ** k);
    if (k < 1023) expect(inverseExponent(1.5 * 2 ** k)).toBe(2 ** -k);
  }
  expect([1, 1.4, 1.5, 2, 0.75, 0.7, 3e-100].map(exponentOf)).toEqual([0, 0, 1, 1, 0, -1, -331]);
  expect([0.5, 1.5, 2.5, -0.5, -1.5, 1e9 + 0.4].map(nearest)).toEqual([0, 2, 2, 0, -2, 1e9]);
});

test("log2Reduced is within 2 ulp, measured as m·2^(−log₂ m) = 1", () => {
  for (let i = 0; i <= 200; i++) {
    const m = Math.SQRT1_2 + ((Math.SQRT2 - Math.SQRT1_2) * i) / 200;
    const log = log2Reduced(m);
    const back = bigExp((-toFixed(log) * ln2) / fixedOne);
    const relative = toDouble((toFixed(m) * back) / fixedOne - fixedOne);
    expect(Math.abs(relative), `m = ${m}`).toBeLessThan(2 * 2 ** -52 * Math.abs(log) + 1e-300);
  }
});

test("the Gibbs state of one bath keeps 4 ulp in each population for any ω/T, through subnormals to 0", () => {
  const temperatures = [
    1e6, 3e3, 17, 2.9, 2, 1.1, 0.7, 0.3, 0.11, 0.05, 0.02, 0.0123, 0.007, 0.0047, 0.00283, 0.0028,
    0.0027, 0.00269, 0.002, 1e-5, 1e-200, 5e-324,
  ];
  const { columns, names } = evaluateHere(
    {
      model: "qubit",
      omega_0: 1.9,
      T_B: 1,
      bath_A: { spectrum: "flat", g: 0.3 },
      bath_B: { spectrum: "flat", g: 0 },
      sweep: [{ T_A: temperatures }],
      columns: ["populations"],
    },
    "wasm",
  );
  const [up, down] = ["rho_pp", "rho_mm"].map((name) => columns[names.indexOf(name)]);
  temperatures.forEach((t, k) => {
    const e = t < 1e-10 ? 0n : bigBoltzmann(1.9, t);
    const z = fixedOne + e;
    expect(ulps(up[k], (e * fixedOne) / z), `T = ${t}`).toBeLessThan(4);
    expect(ulps(down[k], (fixedOne * fixedOne) / z), `T = ${t}`).toBeLessThan(4);
  });
});
