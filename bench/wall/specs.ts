/** The sweep of the goals, with as many rows as asked for: λ slow, T_A fast, 1000 values each at 10⁶. */
export function gridSpec(equation: string, rows: number) {
  const fast = Math.min(rows, 1000);
  return {
    model: "qubit-pair",
    equation,
    omega_1: 1,
    omega_2: 2,
    T_B: 1,
    bath_A: { spectrum: "flat", g: 1 },
    bath_B: { spectrum: "flat", g: 1 },
    sweep: [
      { lambda: { linspace: [0.05, 1.3, Math.ceil(rows / fast)] } },
      { T_A: { linspace: [0.5, 4.5, fast] } },
    ],
    columns: ["populations", "q_A", "q_B"],
  };
}
