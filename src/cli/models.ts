import { describeModel, describeModels } from "../models/describe-models.ts";
import { equationDescriptions } from "../models/equations.ts";
import { models } from "../models/index.ts";
import type { EquationName, Model, ResultColumn } from "../models/model.ts";
import { spectra, temperatureOf } from "../models/spectra.ts";
import { statusBits } from "../models/status.ts";
import { parseArguments } from "./arguments.ts";
import type { Command } from "./command.ts";
import { print } from "./print.ts";
import { textTable } from "./text-table.ts";

const help = `qheat models [--json]
qheat models SPEC [--set KEY=VALUE]... [--json]

Lists the models with their parameters (units, domains), equations and columns, and the spectral
functions a bath can have. Energies and temperatures share one unit (ħ = k_B = 1). Equation numbers are
those of H. C. Fogedby, Heat currents in qubit systems, arXiv:2301.13544.

  --json   the same as one JSON object, for programs

With SPEC, a YAML or JSON file whose model is an object, - for stdin: explains that system instead, its
levels, its transitions and which bath drives which, at the point of the spec's first row.

  --set KEY=VALUE   changes the point; may be repeated
  --json            the same as one JSON object, for programs
`;

/** `qheat models`: everything a spec can name. */
export const command: Command = {
  help,
  async run(args, { stdout, signal }) {
    const options = {
      json: { type: "boolean" },
      set: { type: "string", multiple: true },
    } as const;
    const given = parseArguments(args, options, ["SPEC"], 0);
    const source = given.positionals[0];
    if (source !== undefined) {
      const { loadSpec } = await import("./load-spec.ts");
      const { parseSpec } = await import("../spec/parse-spec.ts");
      const { explainSystem, explanationText } = await import("./explain-system.ts");
      const sweep = parseSpec(await loadSpec(source, given.texts("set"), signal));
      const { model } = sweep;
      const explanation = "system" in model ? explainSystem(sweep, model) : undefined;
      const text = given.flag("json")
        ? jsonText({ ...describeModel(model), ...(explanation && { explanation }) })
        : `${modelText(model)}${explanation ? explanationText(explanation) : ""}`;
      await print(stdout, text);
      return 0;
    }
    const text = given.flag("json")
      ? jsonText(describeModels())
      : [...models.map(modelText), spectraText(), statusText()].join("\n");
    await print(stdout, text);
    return 0;
  },
};

function jsonText(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function modelText(model: Model): string {
  const parameters = [...model.parameters, ...model.baths.map(temperatureOf)];
  const lines = [
    `model: ${model.name} (${model.description})\n`,
    ...model.hamiltonian.map((line) => `    ${line}\n`),
    `  parameters\n`,
    textTable(
      parameters.map((p) => [p.name, p.unit, p.description, p.domain.text]),
      4,
    ),
  ];
  if (model.joint) lines.push(`    ${model.joint.text}\n`);
  lines.push(
    `  baths\n`,
    ...model.baths.map((bath) => `    bath_${bath}: a spectral function, see below\n`),
    `  equations\n`,
    textTable(
      model.equations.map((equation) => [
        equation,
        equationDescriptions[equation],
        model.closed.includes(equation) ? "methods closed (auto), lu" : "method lu (auto)",
      ]),
      4,
    ),
    `  columns\n`,
  );
  for (const [group, columns] of Object.entries(model.columns)) {
    if (columns.length === 0) continue;
    lines.push(
      `    ${group}\n`,
      textTable(
        columns.map((c) => [c.name, c.unit, c.description, placesText(model, c)]),
        6,
      ),
    );
  }
  return lines.join("");
}

/** Where the paper has a column, and for which equations where that differs. */
export function placesText({ equations }: Model, column: ResultColumn): string {
  const byPlace = new Map<string, EquationName[]>();
  for (const equation of equations) {
    const place = column.equations[equation];
    if (place !== undefined) byPlace.set(place, [...(byPlace.get(place) ?? []), equation]);
  }
  if (byPlace.size === 1) return [...byPlace.keys()].join("");
  return [...byPlace].map(([place, names]) => `${names.join(", ")} ${place}`).join("; ");
}

function spectraText(): string {
  const lines = Object.values(spectra).map(({ name, formula, parameters }) => [
    `  ${name}: g(ω) = ${formula}\n`,
    textTable(
      parameters.map((p) => [p.name, p.unit, p.description, p.domain.text]),
      4,
    ),
  ]);
  return ["spectral functions, swept as g_A, exponent_A, cutoff_A, …\n", ...lines.flat()].join("");
}

function statusText(): string {
  const bits = statusBits.map(({ bit, description }) => [String(bit), description]);
  return `status\n${textTable([["0", "a row to trust"], ...bits], 2)}`;
}
