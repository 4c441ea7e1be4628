import fc from "fast-check";

/** The seed of every property test: fixed, or QHEAT_SEED from the environment. Printed with failures. */
export const seed = Number(process.env.QHEAT_SEED ?? 20230131);

/** A number of a scale, or one of the values on which kernels go wrong. */
function scaled(low: number, high: number, special: readonly number[]) {
  const exponent = fc.double({ min: Math.log10(low), max: Math.log10(high), noNaN: true });
  return fc.oneof(
    { weight: 8, arbitrary: exponent.map((e) => 10 ** e) },
    { weight: 1, arbitrary: fc.constantFrom(...special) },
  );
}

const energy = scaled(0.02, 50, [1, 1, 2, 0, -1, 1e-101, 1e101, 5e-324]);
const temperature = scaled(0.01, 1e4, [0, 0, 1, 1, 1 + 2 ** -52, -1, 5e-324, 1e99, 1e101]);
const coupling = fc.oneof(
  fc.double({ min: -3, max: 3, noNaN: true }),
  fc.constantFrom(0, 1e-9, -1e-9, 1e-200, 1, Math.SQRT2, -2),
);
const strength = scaled(1e-3, 30, [0, 1, 1, 1e-99, -1]);
const numbers = (value: fc.Arbitrary<number>, rows: number) =>
  fc.array(value, { minLength: rows, maxLength: rows });

const spectrum = fc.constantFrom("flat", "power", "drude");

/**
 * A spec of 1 to 7 rows, all parameters different in each, valid rows and invalid ones mixed; row 0
 * is valid, so that the spec is accepted. Half of them ask for every column, error bars among them.
 */
export const mixedSpec = fc
  .record({
    pair: fc.boolean(),
    equation: fc.constantFrom("lindblad", "redfield", "redfield-eq213", "redfield-appendix"),
    method: fc.constantFrom("auto", "lu"),
    rows: fc.integer({ min: 1, max: 7 }),
    spectra: fc.tuple(spectrum, spectrum),
    bars: fc.boolean(),
  })
  .chain(({ pair, equation, method, rows, spectra, bars }) => {
    const appendix = pair && equation === "redfield-appendix";
    const every = ["populations"];
    if (!appendix || method === "lu") every.push("errors");
    if (pair) every.push("coherences");
    if (!appendix) every.push("currents");
    if (method === "lu") every.push("residual", "rcond");
    const kinds = appendix ? (["flat", "flat"] as const) : spectra;
    const axis: Record<string, fc.Arbitrary<number[]>> = pair
      ? {
          omega_1: numbers(energy, rows),
          omega_2: numbers(energy, rows),
          lambda: numbers(coupling, rows),
        }
      : { omega_0: numbers(energy, rows) };
    ["A", "B"].forEach((bath, b) => {
      axis[`T_${bath}`] = numbers(temperature, rows);
      axis[`g_${bath}`] = numbers(strength, rows);
      if (kinds[b] === "power")
        axis[`exponent_${bath}`] = numbers(scaled(0.1, 4, [0, 1, 17]), rows);
      if (kinds[b] !== "flat") axis[`cutoff_${bath}`] = numbers(energy, rows);
    });
    return fc.record(axis).map((lists) => {
      const first: Record<string, number> = { lambda: 0.5, exponent_A: 1, exponent_B: 1 };
      const sweep = Object.fromEntries(
        Object.entries(lists).map(([name, list]) => {
          // the appendix's form assumes identical reservoirs
          const source = appendix && name === "g_B" ? lists.g_A : list;
          return [name, [first[name] ?? 1, ...source.slice(1)]];
        }),
      );
      return {
        model: pair ? "qubit-pair" : "qubit",
        equation: !pair && equation === "redfield-appendix" ? "lindblad" : equation,
        method,
        ...(bars && { columns: every }),
        bath_A: { spectrum: kinds[0] },
        bath_B: { spectrum: kinds[1] },
        sweep: [sweep],
      };
    });
  });
