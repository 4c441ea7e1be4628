import { allColumns, columnGroups } from "../../src/models/columns.ts";
import { equationDescriptions } from "../../src/models/equations.ts";
import { models } from "../../src/models/index.ts";
import type { Model, Parameter, SpectrumName } from "../../src/models/model.ts";
import { bathParameters, spectra, temperatureOf } from "../../src/models/spectra.ts";
import { pointsDescription } from "../../src/spec/read-rows.ts";
import { type AxisForm, axisForms, LONGEST_LIST } from "../../src/spec/axis-forms.ts";

type Schema = Record<string, unknown>;

/** The JSON Schema of a spec, for editors: what `parseSpec` accepts fits it. */
export function jsonSchema(): Schema {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "qheat spec",
    type: "object",
    required: ["model"],
    properties: {
      model: {
        description: lines([
          ...models.map(({ name, description }) => `${name}: ${description}`),
          "an object: a system of its own, docs/systems.md",
        ]),
        anyOf: [{ enum: models.map(({ name }) => name) }, systemSchema()],
      },
    },
    allOf: models.map((model) => ({
      if: { required: ["model"], properties: { model: { const: model.name } } },
      // oxlint-disable-next-line unicorn/no-thenable
      then: modelSchema(model),
    })),
    definitions: { values: valuesSchema(), bath: bathSchema() },
  };
}

/** A system described by the spec itself; its parameters and baths may have any names. */
function systemSchema(): Schema {
  const operator = { type: "string", description: "an operator, like omega/2*sz(1)" };
  const levels = { type: "integer", minimum: 2, maximum: 16 };
  return {
    type: "object",
    required: ["hamiltonian", "baths"],
    oneOf: [{ required: ["factors"] }, { required: ["levels"] }],
    additionalProperties: false,
    properties: {
      name: { type: "string" },
      factors: { type: "array", minItems: 1, maxItems: 4, items: levels },
      levels,
      hamiltonian: operator,
      bare: { ...operator, description: "for equation local: the Hamiltonian that the baths see" },
      parameters: { type: "object", additionalProperties: { type: "number" } },
      baths: {
        type: "object",
        minProperties: 1,
        maxProperties: 16,
        additionalProperties: {
          type: "object",
          required: ["coupling"],
          additionalProperties: false,
          properties: {
            coupling: { anyOf: [operator, { type: "array", minItems: 1, items: operator }] },
          },
        },
      },
    },
  };
}

function modelSchema(model: Model): Schema {
  const numbers = [...model.parameters, ...model.baths.map(temperatureOf)];
  const swept = new Map<string, Parameter>();
  for (const parameter of model.parameters) swept.set(parameter.name, parameter);
  for (const bath of model.baths) {
    for (const spectrum of Object.keys(spectra) as SpectrumName[]) {
      for (const parameter of bathParameters(bath, spectrum)) swept.set(parameter.name, parameter);
    }
  }
  const baths = model.baths.map((bath) => `bath_${bath}`);
  const columns = new Set([...columnGroups, ...allColumns(model).map(({ name }) => name)]);
  return {
    additionalProperties: false,
    required: baths,
    properties: {
      model: {},
      equation: {
        enum: model.equations,
        default: "lindblad",
        description: lines(model.equations.map((e) => `${e}: ${equationDescriptions[e]}`)),
      },
      method: {
        enum: ["auto", "closed", "lu"],
        default: "auto",
        description: `closed: the closed form, of ${model.closed.join(", ")}\nlu: the general kernel and a complex LU\nauto: closed where there is one`,
      },
      ...Object.fromEntries(numbers.map((p) => [p.name, numberSchema(p)])),
      ...Object.fromEntries(baths.map((bath) => [bath, { $ref: "#/definitions/bath" }])),
      sweep: {
        description: "axes, the slowest first; names inside one axis move together",
        type: "array",
        items: {
          type: "object",
          minProperties: 1,
          additionalProperties: false,
          properties: Object.fromEntries(
            [...swept.values()].map((parameter) => [
              parameter.name,
              { description: parameter.description, allOf: [{ $ref: "#/definitions/values" }] },
            ]),
          ),
        },
      },
      points: {
        description: pointsDescription,
        anyOf: [
          { type: "string", minLength: 1 },
          {
            type: "object",
            required: ["file"],
            additionalProperties: false,
            properties: {
              file: { type: "string", minLength: 1, description: "relative to the spec's folder" },
              columns: {
                type: "array",
                minItems: 1,
                uniqueItems: true,
                items: { enum: [...swept.keys()] },
                description: "the columns to take; all if not given",
              },
              sha256: {
                type: "string",
                pattern: "^[0-9a-f]{64}$",
                description: "of the file's bytes, which are refused if they have another",
              },
              rows: { type: "integer", minimum: 1, description: "refused if the file has others" },
            },
          },
          {
            type: "object",
            minProperties: 1,
            additionalProperties: false,
            properties: Object.fromEntries(
              [...swept.keys()].map((name) => [name, { $ref: "#/definitions/values" }]),
            ),
          },
          {
            type: "array",
            minItems: 1,
            items: {
              type: "object",
              minProperties: 1,
              additionalProperties: false,
              properties: Object.fromEntries(
                [...swept.keys()].map((name) => [name, { type: "number" }]),
              ),
            },
          },
        ],
      },
      columns: {
        description: "result columns in file order, by name or by group",
        type: "array",
        minItems: 1,
        items: { enum: [...columns] },
      },
    },
  };
}

function numberSchema(parameter: Parameter): Schema {
  const { minimum, maximum, zero } = parameter.domain;
  const interval = { type: "number", minimum, maximum };
  const description = described(parameter);
  return zero && minimum > 0
    ? { description, anyOf: [{ const: 0 }, interval] }
    : { description, ...interval };
}

function described({ description, unit, domain }: Parameter): string {
  return `${description}; unit: ${unit}; ${domain.text}`;
}

function bathSchema(): Schema {
  const all = Object.values(spectra);
  return {
    type: "object",
    required: ["spectrum"],
    properties: {
      spectrum: {
        enum: all.map(({ name }) => name),
        description: lines(all.map(({ name, formula }) => `${name}: g(ω) = ${formula}`)),
      },
    },
    allOf: all.map(({ name, parameters }) => ({
      if: { required: ["spectrum"], properties: { spectrum: { const: name } } },
      // oxlint-disable-next-line unicorn/no-thenable
      then: {
        additionalProperties: false,
        properties: {
          spectrum: {},
          ...Object.fromEntries(parameters.map((p) => [p.name, numberSchema(p)])),
        },
      },
    })),
  };
}

function valuesSchema(): Schema {
  const forms = Object.entries(axisForms).map(([name, form]) => ({
    type: "object",
    required: [name],
    additionalProperties: false,
    properties: { [name]: formSchema(form) },
  }));
  const list = { type: "array", minItems: 1, maxItems: LONGEST_LIST, items: { type: "number" } };
  return { anyOf: [list, ...forms] };
}

function formSchema({ takes, description, lengths, longestAxis }: AxisForm): Schema {
  const number = { type: "number" };
  return {
    description: `${takes}: ${description}`,
    type: "array",
    items: [
      number,
      number,
      { type: "integer", minimum: 1, maximum: longestAxis },
      { type: "integer", minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
    ].slice(0, lengths[1]),
    minItems: lengths[0],
    maxItems: lengths[1],
  };
}

function lines(texts: readonly string[]): string {
  return texts.join("\n");
}
