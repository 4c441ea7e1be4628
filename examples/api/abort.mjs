// The first row of a billion that sends heat from cold to hot: the loop is left as soon as it is
// found, and the workers end with it. An AbortSignal ends a sweep from outside.
import { sweep } from "qheat";

const SECOND_LAW = 8;
const spec = {
  model: "qubit-pair",
  equation: "redfield",
  omega_1: 1,
  omega_2: 2,
  lambda: 0.5,
  T_B: 1,
  bath_A: { spectrum: "flat" },
  bath_B: { spectrum: "flat" },
  sweep: [
    { T_A: { linspace: [1.765, 4, 100_000] } },
    {
      g_A: { geomspace: [1e-3, 1, 10_000] },
      g_B: { geomspace: [1e-3, 1, 10_000] },
    },
  ],
};

search: for await (const batch of sweep(spec)) {
  const status = /** @type {Uint8Array} */ (batch.getChild("status")?.toArray());
  for (const [row, flags] of status.entries()) {
    if ((flags & SECOND_LAW) === 0) continue;
    console.log("found", JSON.stringify(batch.get(row)));
    break search;
  }
}

try {
  await sweep(spec, { signal: AbortSignal.timeout(200) }).toFile("never.arrow");
} catch (error) {
  console.log("aborted:", /** @type {Error} */ (error).name);
}
