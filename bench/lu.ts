import { factorise, solve } from "../src/engine/js/lu.ts";
import { bufferOf } from "../src/engine/memory.ts";
import { kernelModule } from "../src/engine/wasm/module.ts";
import { instantiate } from "../src/engine/wasm/wasm-engine.ts";
import { seeded } from "./seeded.ts";
import type { Subject } from "./subject.ts";

const BASE = 1024;

/**
 * Dense complex systems of size n, `count` (an even number) an iteration and two to a call in
 * WebAssembly: factorise with pivoting, solve.
 */
export function luSubject(n: number, count = 256): Subject {
  const size = 2 * n * n + n + 1 + 2 * n;
  const pivots = 2 * n * n;
  const right = pivots + n + 1;
  const random = seeded(n);
  const systems = Float64Array.from({ length: count * size }, () => 2 * random() - 1);
  const lanes = Float64Array.from(
    systems,
    (_, k) => systems[size * (2 * Math.floor(k / (2 * size)) + (k & 1)) + ((k % (2 * size)) >> 1)],
  );

  const cells = new Float64Array(systems.length);
  const js = {
    reset: () => cells.set(systems),
    run: () => {
      for (let at = 0; at < cells.length; at += size) {
        factorise(cells, at, at + pivots, n);
        solve(cells, at, at + pivots, n, at + right);
      }
      return cells[right];
    },
  };

  const pages = Math.ceil((BASE + lanes.byteLength) / 65536);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  const kernels = instantiate(kernelModule(), memory);
  const inMemory = new Float64Array(bufferOf(memory), BASE, lanes.length);
  const wasm = {
    reset: () => inMemory.set(lanes),
    run: () => {
      for (let at = 0; at < cells.length / 2; at += size) {
        kernels.factorise(BASE, at, at + pivots, n);
        kernels.solve(BASE, at, at + pivots, n, at + right);
      }
      return inMemory[2 * right];
    },
  };
  return { name: `complex LU and solve, ${n} × ${n}`, unit: "system", count, wasm, js };
}
