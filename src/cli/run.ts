import { version } from "../arrow/version.ts";
import type { Command, Context } from "./command.ts";
import { print } from "./print.ts";
import { UsageError } from "./usage-error.ts";

const commands: Readonly<Record<string, () => Promise<{ command: Command }>>> = {
  sweep: () => import("./sweep.ts"),
  solve: () => import("./solve.ts"),
  figure: () => import("./figure.ts"),
  plot: () => import("./plot.ts"),
  info: () => import("./info.ts"),
  models: () => import("./models.ts"),
  merge: () => import("./merge.ts"),
  verify: () => import("./verify.ts"),
  submit: () => import("./submit.ts"),
};

const help = `qheat: steady states and heat currents of small open quantum systems, as Apache Arrow

  qheat sweep SPEC [-o FILE|-]      solves every row of a spec and writes them to a file or to stdout
  qheat solve [SPEC]                solves one point, or points as JSON lines from stdin to stdout
  qheat figure 3|4|5|redfield|all   makes figures of the paper, with their data and specs
  qheat plot FILE --x COL --y COL   draws columns of a file as lines or as a map
  qheat info FILE                   tells what made a file, its columns, and how its rows fared
  qheat submit ENGINE SPEC          prints a cluster's job script for a sweep in shards
  qheat merge DIR                   makes the shards of a sweep one file, or says what is missing
  qheat verify FILE|DIR             finds any bit that has changed in a file or in shards
  qheat models                      lists models, parameters, equations and columns

  qheat COMMAND --help              tells more
  qheat --version

Exit codes: 0 done, 1 failed and worth another try, 2 the spec or the command line is wrong,
130 or 143 interrupted.
`;

/** Runs a command line, without the program's name; resolves to the exit code. */
export async function run([name, ...args]: readonly string[], context: Context): Promise<number> {
  if (name === undefined) throw new UsageError("say a command; qheat --help lists them");
  if (name === "help" && args.length > 0) return run([...args, "--help"], context);
  if (name === "--help" || name === "-h" || name === "help") {
    await print(context.stdout, help);
    return 0;
  }
  if (name === "--version" || name === "-V") {
    await print(context.stdout, `${version()}\n`);
    return 0;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) {
    const { didYouMean } = await import("../spec/nearest.ts");
    const kind = name.startsWith("-") ? "option" : "command";
    const names = [...Object.keys(commands), "--help", "--version"];
    throw new UsageError(`unknown ${kind} ${name}${didYouMean(name, names)}`);
  }
  const { command } = await load();
  if (args.includes("--help") || args.includes("-h")) {
    await print(context.stdout, command.help);
    return 0;
  }
  return command.run(args, context);
}
