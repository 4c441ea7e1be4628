import { models } from "../models/index.ts";
import type { Model } from "../models/model.ts";
import { wants } from "./issues.ts";
import { didYouMean } from "./nearest.ts";
import { alternatives } from "./shown.ts";
import { SpecError } from "./spec-error.ts";

const names = models.map(({ name }) => name);
const wanted = alternatives(names);

/** The model a spec names; nothing else of a spec can be read without it. */
export function readModel(input: Record<string, unknown>): Model {
  const { model: name } = input;
  const model = models.find((candidate) => candidate.name === name);
  if (model) return model;
  const message = name === undefined ? `missing; wants ${wanted}` : wants(name, wanted);
  throw new SpecError([{ path: "model", message: message + didYouMean(name, names) }]);
}
