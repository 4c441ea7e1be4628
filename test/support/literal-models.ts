import type { Complex, Matrix, System } from "./literal.ts";

interface BathSpec {
  readonly spectrum: string;
  readonly g: number;
  readonly exponent?: number;
  readonly cutoff?: number;
}

/** g(ω) as `physics.md` defines it, by the platform's own functions. */
function spectralFunction({ spectrum, g, exponent = 0, cutoff = 1 }: BathSpec) {
  return (omega: number) => {
    if (spectrum === "flat") return g;
    if (spectrum === "drude") return (g * omega * cutoff ** 2) / (omega ** 2 + cutoff ** 2);
    return g * omega ** exponent * Math.exp(-omega / cutoff);
  };
}

function bath(raising: Matrix, spec: BathSpec, temperature: number): System["baths"][number] {
  const g = spectralFunction(spec);
  const n = (omega: number) => (temperature === 0 ? 0 : 1 / Math.expm1(omega / temperature));
  return {
    raising,
    emission: (omega) => g(omega) * (1 + n(omega)),
    absorption: (omega) => g(omega) * n(omega),
  };
}

const real = (rows: readonly (readonly number[])[]): Matrix =>
  rows.map((row) => row.map((re): Complex => ({ re, im: 0 })));

/** The system of a point, from the Hamiltonian (3.1) or (3.27) and σ⁺ in the product basis. */
export function literalSystem(point: Record<string, unknown>): System {
  const number = (name: string) => point[name] as number;
  const [specA, specB] = [point.bath_A as BathSpec, point.bath_B as BathSpec];
  if (point.model === "qubit") {
    const plus = real([
      [0, 0],
      [1, 0],
    ]);
    const half = number("omega_0") / 2;
    return {
      energies: [-half, half],
      baths: [bath(plus, specA, number("T_A")), bath(plus, specB, number("T_B"))],
    };
  }
  const [omega1, omega2, lambda] = [number("omega_1"), number("omega_2"), number("lambda")];
  // product basis |−−⟩, |−+⟩, |+−⟩, |++⟩, qubit 1 first; (3.32)–(3.35) by rows
  const theta = Math.atan2(2 * lambda, omega1 - omega2);
  const [alpha, beta] = [Math.cos(theta / 2), Math.sin(theta / 2)];
  const states = [
    [1, 0, 0, 0],
    [0, alpha, -beta, 0],
    [0, beta, alpha, 0],
    [0, 0, 0, 1],
  ];
  const half = Math.hypot((omega1 - omega2) / 2, lambda);
  const mean = (omega1 + omega2) / 2;
  const inEnergyBasis = (raises: readonly (readonly [number, number])[]) =>
    real(
      states.map((p) =>
        states.map((q) => raises.reduce((sum, [to, from]) => sum + p[to] * q[from], 0)),
      ),
    );
  const plus1 = inEnergyBasis([
    [2, 0],
    [3, 1],
  ]);
  const plus2 = inEnergyBasis([
    [1, 0],
    [3, 2],
  ]);
  return {
    energies: [-mean, -half, half, mean],
    baths: [bath(plus1, specA, number("T_A")), bath(plus2, specB, number("T_B"))],
  };
}
