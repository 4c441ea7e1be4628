import { columnGroups, defaultGroups } from "./columns.ts";
import { equationDescriptions } from "./equations.ts";
import { models } from "./index.ts";
import type {
  ColumnGroup,
  Domain,
  EquationName,
  MethodName,
  Model,
  Parameter,
  ResultColumn,
  SpectrumName,
} from "./model.ts";
import { spectra, temperatureOf } from "./spectra.ts";
import { type StatusBit, statusBits } from "./status.ts";

/** Everything a spec can name, as plain data. */
export interface ModelsDescription {
  readonly models: readonly ModelDescription[];
  readonly spectra: readonly SpectrumDescription[];
  /** What each equation of motion is. */
  readonly equations: Readonly<Record<EquationName, string>>;
  /** The values of a row's `status`: 0, and the bits that are summed. */
  readonly status: readonly StatusBit[];
}

/** A model as plain data. */
export interface ModelDescription {
  /** As `model:` of a spec has it. */
  readonly name: string;
  readonly description: string;
  /** Hamiltonian and couplings to the baths, a line each. */
  readonly hamiltonian: readonly string[];
  readonly parameters: readonly ParameterDescription[];
  readonly baths: readonly BathDescription[];
  /** What several parameters must meet together, in words; null where each may be what it is. */
  readonly condition: string | null;
  readonly equations: readonly {
    readonly name: EquationName;
    readonly methods: readonly MethodName[];
  }[];
  /** In file order. */
  readonly columns: readonly ColumnDescription[];
}

/** A number of a spec: of a model, or of a spectral function. */
export interface ParameterDescription extends Omit<Parameter, "domain"> {
  readonly domain: Omit<Domain, "allowed">;
}

/** A bath of a model. */
export interface BathDescription {
  readonly name: string;
  /** The key of its spectral function in a spec: `bath_A`. */
  readonly key: string;
  readonly temperature: ParameterDescription;
}

/** A column of a result. */
export interface ColumnDescription extends Omit<ResultColumn, "result"> {
  /** The name by which `columns:` of a spec asks for it with others. */
  readonly group: ColumnGroup;
  /** Whether it is in a file only if its spec asks for it. */
  readonly onRequest: boolean;
}

/** A spectral function that a bath can have. */
export interface SpectrumDescription {
  readonly name: SpectrumName;
  /** g(ω). */
  readonly formula: string;
  readonly parameters: readonly ParameterDescription[];
}

/** Everything a spec can name, as plain data: what `qheat models --json` prints. */
export function describeModels(): ModelsDescription {
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

/**
 * A model as plain data: one of the paper's, or a system from a spec.
 *
 * @param model `parseSpec(spec).model`
 */
export function describeModel(model: Model): ModelDescription {
  const { name, description, hamiltonian, baths, equations, closed, columns, joint } = model;
  const shown = defaultGroups(model);
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
    columns: columnGroups.flatMap((group) =>
      columns[group].map((column) => ({
        name: column.name,
        unit: column.unit,
        description: column.description,
        equations: column.equations,
        group,
        onRequest: !shown.includes(group),
      })),
    ),
  };
}

function describeParameter({ domain, ...parameter }: Parameter): ParameterDescription {
  const { text, minimum, maximum, zero } = domain;
  return { ...parameter, domain: { text, minimum, maximum, zero } };
}
