import { parseArguments } from "./arguments.ts";
import type { Command } from "./command.ts";
import { tell } from "./stderr.ts";
import { UsageError } from "./usage-error.ts";

const help = `qheat figure 3|4|5|redfield|all [-o DIR]

Makes figures of the paper (arXiv:2301.13544), each an SVG with the Arrow files and the spec behind it.

  3           Lindblad populations against the temperature: fig3.svg
  4           Lindblad heat currents against T_A: fig4.svg
  5           Redfield populations against the mean temperature, some negative: fig5.svg
  redfield    q_A of every equation, and where Redfield breaks the second law: redfield.svg
  all         all four

  -o, --output DIR    the folder to write to (default: figures)
`;

const options = { output: { type: "string", short: "o" } } as const;
const names = ["3", "4", "5", "redfield"] as const;

/** `qheat figure`: the paper's figures. */
export const command: Command = {
  help,
  async run(args, { signal }) {
    const given = parseArguments(args, options, ["FIGURE"]);
    const wanted = await namesOf(given.positionals[0]);
    const folder = given.text("output") ?? "figures";
    const { figures, makeFigure } = await import("./figures/make-figure.ts");
    for (const name of wanted) {
      const files = await makeFigure(figures[name], folder, signal);
      await tell(`${files.join(", ")}\n`);
    }
    return 0;
  },
};

async function namesOf(wanted: string): Promise<readonly (typeof names)[number][]> {
  if (wanted === "all") return names;
  const name = names.find((n) => n === wanted);
  if (name) return [name];
  const { didYouMean } = await import("../spec/nearest.ts");
  const { shown } = await import("../spec/shown.ts");
  const all = [...names, "all"];
  // fig4, figure-4
  const hint = didYouMean(wanted.replace(/^fig(ure)?[-_. ]*/i, ""), all);
  throw new UsageError(`no figure ${shown(wanted)}${hint}\nthere are ${all.join(", ")}`);
}
