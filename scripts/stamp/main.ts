// Puts the hash of the sources into the wasm, so that the wasm's own hash tells a change of any: part of
// `npm run build`, after the kernels are compiled.

import { readFileSync, writeFileSync } from "node:fs";
import { SECTION, sourcesHash } from "./sources-hash.ts";

const path = "dist/qheat.wasm";
const wasm = readFileSync(path);
if (WebAssembly.Module.customSections(new WebAssembly.Module(wasm), SECTION).length === 0) {
  const name = Buffer.from(SECTION);
  const hash = sourcesHash(".");
  // id 0, then lengths that fit into seven bits each
  const head = [0, 1 + name.length + hash.length, name.length];
  writeFileSync(path, Buffer.concat([wasm, Buffer.from(head), name, hash]));
}
