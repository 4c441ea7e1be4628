// A reader slower than the sweep: ten million rows, reduced to an average a batch at a time. The
// workers fill as many batches as fit their memory and wait, so that what the process holds does not
// grow with the number of rows.
import { setTimeout } from "node:timers/promises";
import { sweep } from "qheat";

const rows = sweep({
  model: "qubit",
  omega_0: 1,
  T_B: 1,
  bath_A: { spectrum: "flat", g: 1 },
  bath_B: { spectrum: "flat", g: 0.5 },
  sweep: [{ T_A: { linspace: [0.1, 10, 10_000] } }, { g_A: { geomspace: [0.01, 1, 1000] } }],
});

let done = 0;
let sum = 0;
let bytes = 0;
let before = 0;
let most = 0;
for await (const batch of rows) {
  const currents = /** @type {Float64Array} */ (batch.getChild("q_A")?.toArray());
  for (const q of currents) sum += q;
  done += batch.numRows;
  bytes += batch.numRows * (8 * (batch.numCols - 1) + 1);
  await setTimeout(10); // the work of a slow reader
  before ||= process.memoryUsage.rss();
  most = Math.max(most, process.memoryUsage.rss());
}
const megabytes = (/** @type {number} */ count) => `${Math.round(count / 1e6)} MB`;
console.log(`${done} rows, ${megabytes(bytes)} of columns, mean q_A = ${(sum / done).toFixed(6)}`);
console.log(`memory after the first batch ${megabytes(before)}, at most ${megabytes(most)}`);
