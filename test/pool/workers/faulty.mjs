// @ts-nocheck: what goes wrong here is meant to
// A worker of the pool that fails as its data say: `{ fault, at, times }`. The count of failures is
// shared by all workers, so that the one that replaces it may succeed.
import { workerData } from "node:worker_threads";
import { serve } from "../../../dist/src/pool/serve.js";

const faults = {
  exit: () => process.exit(7),
  throw: () => {
    throw new Error("no luck");
  },
  // an exception outside of the task
  crash: () => {
    setImmediate(() => {
      throw new Error("crashed");
    });
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
    throw new Error("crashed");
  },
  // more than the heap has: V8 ends the thread
  memory: () => {
    const all = [];
    for (;;) all.push(Array.from({ length: 1e6 }, (_, k) => ({ k })));
  },
  trap: () => {
    const unreachable = [
      0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102,
    ];
    const code = [0, 0, 10, 5, 1, 3, 0, 0, 11];
    const module = new WebAssembly.Module(Uint8Array.of(...unreachable, ...code));
    new WebAssembly.Instance(module).exports.f();
  },
};

const { fault, at, times, failed, startup } = workerData.data;
if (startup) throw new Error("does not start");

export default serve(() => ({ firstRow, rows }) => {
  if (firstRow === at && Atomics.add(failed, 0, 1) < times) faults[fault]();
  return firstRow + rows;
});
