import { models } from "../models/index.ts";
import type { BuiltInModel, SystemModel } from "../models/model.ts";
import { isObject } from "./check-object.ts";
import { wants } from "./issues.ts";
import { didYouMean } from "./nearest.ts";
import { readSystem } from "./read-system.ts";
import { alternatives } from "./shown.ts";
import { SpecError } from "./spec-error.ts";

const names = models.map(({ name }) => name);
const wanted = alternatives([...names, "{ factors: …, hamiltonian: …, baths: … }"]);

/** The model a spec names or describes; nothing else of a spec can be read without it. */
export function readModel(input: Record<string, unknown>): BuiltInModel | SystemModel {
  const { model: name, equation } = input;
  if (isObject(name)) return readSystem(name, equation);
  const model = models.find((candidate) => candidate.name === name);
  if (model) return model;
  const message = name === undefined ? `missing; wants ${wanted}` : wants(name, wanted);
  throw new SpecError([{ path: "model", message: message + didYouMean(name, names) }]);
}
