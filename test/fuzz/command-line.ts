import type { Dice } from "./spec-text.ts";

const commands = [
  "sweep",
  "solve",
  "info",
  "plot",
  "models",
  "figure",
  "merge",
  "verify",
  "submit",
  "help",
  "--help",
  "--version",
  "swep",
  "",
  "-x",
  "__proto__",
  "\u001b[31m",
];
const options = [
  "-o",
  "--output",
  "--format",
  "--set",
  "--threads",
  "--backend",
  "-q",
  "--quiet",
  "--x",
  "--y",
  "--by",
  "--color",
  "--spec",
  "--json",
  "--help",
  "--shards",
  "--shard",
  "--",
  "--tread",
  "--__proto__",
  "-oq",
  "--format=arrow",
  "--threads=1",
  "--set=T_A=3",
  "\u001b]0;x\u0007",
];
const values = [
  "1",
  "0",
  "-1",
  "1e9",
  "99999999999999999999",
  "NaN",
  "js",
  "wasm",
  "arrow",
  "csv",
  "parquet",
  "stream",
  "T_A",
  "q_A",
  "q_A,q_B",
  "T_A=2",
  "g_A=1",
  "bath_A.g=[",
  "__proto__.x=1",
  "=",
  "x",
  "columns=[q_A]",
  "sweep=[]",
  "auto",
  "3",
  "slurm",
  "",
  " ",
  "\u202e",
  "a".repeat(400),
];

/** A command line by its grammar, over these files. Nothing in it reads stdin or draws a figure. */
export function commandLine(d: Dice, files: readonly string[]): string[] {
  const value = () => (d.chance(0.3) ? d.pick(files) : d.pick(values));
  const args = [d.chance(0.9) ? d.pick(commands.slice(0, 9)) : d.pick(commands)];
  if (d.chance(0.8)) args.push(d.pick(files));
  for (let k = d.below(4); k > 0; k--) {
    args.push(d.chance(0.7) ? d.pick(options) : value());
    if (d.chance(0.6)) args.push(value());
  }
  return args;
}

/** Whether a command line waits for stdin, or draws for half a second. */
export function waits([command, ...args]: readonly string[]): boolean {
  if (args.includes("--help") || args.includes("-h")) return false;
  return command === "solve" || command === "figure" || command === "plot" || args.includes("-");
}
