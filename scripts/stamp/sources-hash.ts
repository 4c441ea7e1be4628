import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The custom section of the wasm with the hash of the sources that decide numbers beside it. */
export const SECTION = "qheat.sources";

/** What plans, compiles and feeds the kernels, and the twin; `assembly/` is in the wasm itself. */
const folders = ["engine", "grid", "math", "models", "pool", "systems"];

/** SHA-256 of the TypeScript of those folders in `src`, each file by its path and its text. */
export function sourcesHash(root: string): Uint8Array<ArrayBuffer> {
  const hash = createHash("sha256");
  for (const folder of folders) {
    const names = readdirSync(join(root, "src", folder), { recursive: true, encoding: "utf8" });
    const paths = names.filter((name) => name.endsWith(".ts")).map((n) => n.replaceAll("\\", "/"));
    for (const path of paths.toSorted()) {
      const text = readFileSync(join(root, "src", folder, path), "utf8").replaceAll("\r\n", "\n");
      hash.update(`${folder}/${path}\0${text}\0`);
    }
  }
  return new Uint8Array(hash.digest());
}
