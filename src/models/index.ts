import type { BuiltInModel } from "./model.ts";
import { qubitPair } from "./qubit-pair.ts";
import { qubit } from "./qubit.ts";

/** Every model a spec can name. */
export const models: readonly BuiltInModel[] = [qubit, qubitPair];
