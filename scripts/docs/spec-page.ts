import { placesText } from "../../src/cli/models.ts";
import { equationDescriptions } from "../../src/models/equations.ts";
import { models } from "../../src/models/index.ts";
import type { Model, Parameter } from "../../src/models/model.ts";
import { spectra, temperatureOf } from "../../src/models/spectra.ts";
import { statusBits } from "../../src/models/status.ts";
import { axisForms } from "../../src/spec/axis-forms.ts";

/** The reference of what a spec can say, from the models' descriptions: `docs/spec.md`. */
export function specPage(): string {
  return [
    intro,
    ...models.map(modelSection),
    "## Baths\n\nEach bath has a spectral function g(ω), a rate. `bath_X` says which and its numbers; an axis sweeps them under flat names: `g_A`, `exponent_A`, `cutoff_A`.",
    ...Object.values(spectra).map(
      ({ name, formula, parameters }) =>
        `### ${name}\n\ng(ω) = ${formula}\n\n${parameterTable(parameters)}`,
    ),
    "## Axes\n\n`sweep` is a list of axes, the slowest first. An axis is an object of names and their values; names inside one axis move together and need equally many values. Values are a list of numbers or one of these.",
    table(
      ["kind", "takes", "values"],
      Object.entries(axisForms).map(([name, { takes, description }]) => [
        code(name),
        code(takes),
        description,
      ]),
    ),
    "A row is a combination of one value of each axis, the last axis fastest. A row outside the domain of a parameter is NaN with status 1; a spec none of whose rows is valid is refused.",
    pointsSection,
    "## Status\n\nEvery row carries `status`, a sum of bits.",
    table(
      ["bit", "meaning"],
      [
        ["0", "a row to trust"],
        ...statusBits.map(({ bit, description }) => [`${bit}`, description]),
      ],
    ),
  ].join("\n\n");
}

const intro = `<!-- made by npm run docs: change scripts/docs/spec-page.ts or the models, not this page -->

# What a spec can say

A spec is YAML or JSON, or the same object in a program. \`qheat models\` prints what this page says of the installed version, \`qheat models --json\` as data, and \`qheat models SPEC --json\` for the model of a spec.

An editor with a YAML language server completes and checks a spec that begins with this line; from an installed package the path is \`./node_modules/qheat/qheat.schema.json\`.

\`\`\`yaml
# yaml-language-server: $schema=./qheat.schema.json
model: qubit
omega_0: 1
T_A: 2
T_B: 1
bath_A: { spectrum: flat, g: 1 }
bath_B: { spectrum: flat, g: 0.5 }
\`\`\`

| key | what it says |
| --- | --- |
| \`model\` | the system, one of those below |
| \`equation\` | the master equation; \`lindblad\` unless given |
| \`method\` | \`closed\`, \`lu\` or \`auto\`, which is \`closed\` where the equation has a closed form |
| the model's parameters | numbers, each here or as an axis |
| \`T_X\`, \`bath_X\` | temperature and spectral function of bath X |
| \`sweep\` | axes, the slowest first; without it the spec is one point |
| \`points\` | instead of \`sweep\`: a file with a row for each point |
| \`columns\` | result columns, by name or by group, in the order the file has them |

Energies and temperatures share one unit (ħ = k_B = 1), a rate is an energy too, a current is energy × rate. Equation numbers are those of [arXiv:2301.13544](https://arxiv.org/abs/2301.13544).`;

const pointsSection = `## Points

\`points\` gives the rows one by one, for samplers, optimisers and experiments; they stay in their order.

\`\`\`text
points: lab.csv                                  # every column is a parameter
points: { file: lab.csv, columns: [T_A, lambda] } # some columns; the others may hold anything
points: [{ T_A: 1, lambda: 0.5 }, { T_A: 2, lambda: 0.3 }]
points: { T_A: [1, 2], lambda: [0.5, 0.3] }      # by name, as in an axis; Float64Arrays in a program
\`\`\`

A file is CSV with a header, JSON lines (an object a line), Arrow or Parquet; columns are found by name, and each value must be a finite number. A column that is no parameter is an error unless \`columns\` leaves it out, so that no misspelt name is passed over. The file's name starts from the folder of the spec, of a spec from stdin from the working folder. The result names the file and its SHA-256; it is made again from that file alone, and refused if the file has changed. The numbers are held in memory once, 8 bytes each, shared by all threads; reading takes twice that, and a file may have 2²⁸ of them. In a program \`points: await readPoints(FILE)\` and \`await readSpec(FILE)\` read them.`;

function modelSection(model: Model): string {
  const columns = Object.entries(model.columns).flatMap(([group, members]) =>
    members.map((column) => [
      code(column.name),
      code(group),
      column.unit,
      column.description,
      placesText(model, column),
    ]),
  );
  return [
    `## Model ${code(model.name)}\n\n${model.description}`,
    model.hamiltonian.map((line) => `- ${line}`).join("\n"),
    parameterTable([...model.parameters, ...model.baths.map(temperatureOf)]),
    ...(model.joint ? [`Together: ${code(model.joint.text)}.`] : []),
    table(
      ["equation", "methods", "what it is"],
      model.equations.map((equation) => [
        code(equation),
        model.closed.includes(equation) ? "`closed`, `lu`" : "`lu`",
        equationDescriptions[equation],
      ]),
    ),
    table(["column", "group", "unit", "description", "in the paper"], columns),
  ].join("\n\n");
}

function parameterTable(parameters: readonly Parameter[]): string {
  return table(
    ["parameter", "unit", "description", "domain"],
    parameters.map(({ name, unit, description, domain }) => [
      code(name),
      unit,
      description,
      domain.text,
    ]),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function code(text: string): string {
  return `\`${text}\``;
}
