/** Greek names as qheat's vocabulary spells them. */
const greek: Readonly<Record<string, string>> = {
  alpha: "α",
  beta: "β",
  gamma: "γ",
  theta: "θ",
  kappa: "κ",
  lambda: "λ",
  rho: "ρ",
  sigma: "σ",
  omega: "ω",
};

const signs: Readonly<Record<string, string>> = { pp: "++", mm: "−−", pm: "+−", mp: "−+" };
const parts: Readonly<Record<string, string>> = { re: "Re ", im: "Im " };

/**
 * A column's name as a formula has it, marked up for `typeset`: `rho_11` is ρ with an index, `T_A` a T
 * with one, `re_rho_23` the real part. A name that is no such symbol stays as it is.
 */
export function symbolOf(column: string): string {
  const words = column.split("_");
  const part = words.length > 1 ? (parts[words[0]] ?? "") : "";
  const [name, index, ...rest] = part === "" ? words : words.slice(1);
  const base = greek[name] ?? name;
  if (base.length !== 1 || rest.length > 0) return column;
  return `${part}{${base}}${index === undefined ? "" : `_{${signs[index] ?? index}}`}`;
}
