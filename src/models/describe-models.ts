import { equationDescriptions } from "./equations.ts";
import { models } from "./index.ts";
import type { Domain, Model, Parameter } from "./model.ts";
import { spectra, temperatureOf } from "./spectra.ts";
import { statusBits } from "./status.ts";

/** Everything a spec can name, as plain data: what `qheat models --json` prints. */
export function describeModels() {
  return {
    models: models.map(describeModel),
    spectra: Object.values(spectra).map(({ name, formula, parameters }) => ({
      name,
      formula,
      parameters: parameters.map(describeParameter),
    })),
    equations: equationDescriptions,
    status: [{ bit: 0, name: "trust", description: "a row to trust" }, ...statusBits],
  };
}

function describeModel(model: Model) {
  const { name, description, hamiltonian, baths, equations, closed, columns, joint } = model;
  return {
    name,
    description,
    hamiltonian,
    parameters: model.parameters.map(describeParameter),
    baths: baths.map((bath) => ({
      name: bath,
      key: `bath_${bath}`,
      temperature: describeParameter(temperatureOf(bath)),
    })),
    condition: joint?.text ?? null,
    equations: equations.map((equation) => ({
      name: equation,
      methods: closed.includes(equation) ? ["closed", "lu"] : ["lu"],
    })),
    columns: Object.entries(columns).flatMap(([group, members]) =>
      members.map((column) => ({
        name: column.name,
        group,
        unit: column.unit,
        description: column.description,
        equations: column.equations,
      })),
    ),
  };
}

function describeParameter({ name, unit, description, domain }: Parameter) {
  return { name, unit, description, domain: describeDomain(domain) };
}

function describeDomain({ text, minimum, maximum, zero }: Domain) {
  return { text, minimum, maximum, zero };
}
