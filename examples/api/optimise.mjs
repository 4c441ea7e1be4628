// Which qubit 2 and which coupling carry the most heat from bath A to bath B? A golden-section search
// inside another, on one warm engine: a call takes microseconds, so no grid is needed.
import { createEngine } from "qheat";

const engine = await createEngine();
let calls = 0;

/** @param {number} omega_2 @param {number} share of the greatest coupling, √(ω₁ω₂) */
function current(omega_2, share) {
  calls++;
  return engine.solve({
    model: "qubit-pair",
    equation: "redfield",
    omega_1: 1,
    omega_2,
    lambda: share * Math.sqrt(omega_2),
    T_A: 1,
    T_B: 0.2,
    bath_A: { spectrum: "flat", g: 0.05 },
    bath_B: { spectrum: "flat", g: 0.05 },
    columns: ["q_A"],
  }).q_A;
}

/**
 * Where f is greatest between `low` and `high`, to half the digits of a double, as for any maximum.
 *
 * @param {(x: number) => number} f @param {number} low @param {number} high
 */
function maximum(f, low, high) {
  const golden = (Math.sqrt(5) - 1) / 2;
  let [a, b] = [high - golden * (high - low), low + golden * (high - low)];
  let [fa, fb] = [f(a), f(b)];
  while (high - low > 1e-8) {
    if (fa > fb) {
      [high, b, fb] = [b, a, fa];
      a = high - golden * (high - low);
      fa = f(a);
    } else {
      [low, a, fa] = [a, b, fb];
      b = low + golden * (high - low);
      fb = f(b);
    }
  }
  return (low + high) / 2;
}

/** @param {number} omega_2 */
const bestShare = (omega_2) => maximum((share) => current(omega_2, share), 0.01, 0.99);

const started = performance.now();
const omega_2 = maximum((omega) => current(omega, bestShare(omega)), 0.1, 4);
const share = bestShare(omega_2);
const microseconds = ((performance.now() - started) * 1000) / calls;

console.log(`omega_2 = ${omega_2.toFixed(6)}`);
console.log(`lambda = ${(share * Math.sqrt(omega_2)).toFixed(6)}`);
console.log(`q_A = ${current(omega_2, share).toFixed(9)}`);
console.log(`${calls} calls, ${microseconds.toFixed(1)} µs a call`);
