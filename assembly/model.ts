import { word } from "./cells";
import * as layout from "./layout";
import { prepareLevels } from "./levels";
import { prepareQubitPair } from "./qubit-pair";
import { prepareQubit } from "./qubit";

/** Energies, frequencies and operators of the model for the pairs up to byte `end`. */
export function prepareModel(words: usize, cells: usize, end: usize): void {
  const model = word(words, layout.MODEL);
  if (model == layout.MODEL_QUBIT) prepareQubit(words, cells, end);
  else if (model == layout.MODEL_QUBIT_PAIR) prepareQubitPair(words, cells, end);
  else prepareLevels(words, cells, end);
}
