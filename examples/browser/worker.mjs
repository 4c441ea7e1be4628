// The same kernels as on Node, in a module worker. With a bundler: from "qheat/browser".
import { createEngine } from "./qheat.js";

const ready = createEngine();

addEventListener("message", async ({ data: points }) => {
  const engine = await ready;
  const started = performance.now();
  const results = points.map((point) => engine.solve(point));
  postMessage({ results, milliseconds: performance.now() - started });
});
