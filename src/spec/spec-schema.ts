import * as v from "valibot";
import type { Model, Parameter, SpectrumName } from "../models/model.ts";
import { spectra, temperatureOf } from "../models/spectra.ts";
import { type ObjectSchema, objectSchema } from "./check-object.ts";
import { wants } from "./issues.ts";
import { didYouMean } from "./nearest.ts";
import { alternatives } from "./shown.ts";

/** One of `names`. */
function oneOf(names: readonly string[]) {
  const wanted = alternatives(names);
  return v.picklist(names, ({ input }) => wants(input, wanted) + didYouMean(input, names));
}

/** A number that passes `allowed`, which no NaN and no infinity does; −0 becomes 0. */
export function numberIn(text: string, allowed: (value: number) => boolean) {
  return v.pipe(
    v.custom<number>(
      (input) => typeof input === "number" && allowed(input),
      ({ input }) => wants(input, text),
    ),
    v.transform((value) => value + 0),
  );
}

function numbers(parameters: readonly Parameter[]) {
  return parameters.map(
    ({ name, domain }) => [name, v.optional(numberIn(domain.text, domain.allowed))] as const,
  );
}

function list(wanted: string) {
  return v.optional(v.array(v.unknown(), ({ input }) => wants(input, wanted)));
}

/** What a bath of each spectral function may have, but for `spectrum` itself. */
const bathSchemas = new Map<string, ObjectSchema>(
  Object.values(spectra).map(({ name, parameters }) => [
    name,
    objectSchema({ spectrum: v.literal(name), ...Object.fromEntries(numbers(parameters)) }),
  ]),
);

/** The schema of a bath with this spectral function. */
export function bathSchema(spectrum: SpectrumName): ObjectSchema {
  return bathSchemas.get(spectrum)!;
}

const pointSchemas = new WeakMap<Model, ObjectSchema>();

/** The schema of a spec's top level; baths, axes and columns are looked into by their own modules. */
export function pointSchema(model: Model): ObjectSchema {
  let schema = pointSchemas.get(model);
  if (!schema) {
    schema = makePointSchema(model);
    pointSchemas.set(model, schema);
  }
  return schema;
}

function makePointSchema(model: Model): ObjectSchema {
  return objectSchema({
    model: v.unknown(),
    equation: v.optional(oneOf(model.equations)),
    method: v.optional(oneOf(["auto", "closed", "lu"])),
    ...Object.fromEntries(numbers(model.parameters)),
    ...Object.fromEntries(numbers(model.baths.map(temperatureOf))),
    ...Object.fromEntries(model.baths.map((bath) => [`bath_${bath}`, v.optional(v.unknown())])),
    sweep: list("a list of axes"),
    points: v.optional(v.unknown()),
    columns: list("a list of columns"),
  });
}
