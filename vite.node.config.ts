import { resolve } from "node:path";
import { defineConfig } from "vite";

const source = (path: string) => resolve(import.meta.dirname, "src", path);

const entries = {
  program: source("cli/program.ts"),
  worker: source("pool/worker.ts"),
  "batch-worker": source("output/batch-worker.ts"),
};

const inputs: readonly string[] = Object.values(entries);

/** What is loaded together is one file: what these modules import, as far as no file before has it. */
const files = {
  threads: [entries.worker, entries["batch-worker"]],
  start: [entries.program],
  sweeping: [source("cli/sweep.ts")],
  yaml: [source("spec/read-text.ts")],
};

interface Modules {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}

/** Modules that are loaded with these, imports of their own included. */
function loadedWith(roots: readonly string[], modules: Modules): ReadonlySet<string> {
  const found = new Set(roots);
  for (const id of found) modules.getModuleInfo(id)?.importedIds.forEach((next) => found.add(next));
  return found;
}

// The command line and the workers, in few files: Node needs as long to find 200 modules as to sweep a
// million rows. CommonJS, as its loader is the faster one. The library stays as modules, for its types
// and its apache-arrow are shared with the program that imports it.
export default defineConfig({
  logLevel: "warn",
  ssr: {
    noExternal: true,
    external: [
      "@foxglove/wasm-zstd",
      "@observablehq/plot",
      "cli-progress",
      "linkedom",
      "lz4-wasm-nodejs",
      "parquet-wasm",
      "piscina",
    ],
  },
  build: {
    outDir: "dist/node",
    target: "node20",
    ssr: true,
    minify: true,
    license: { fileName: "licenses.md" },
    rolldownOptions: {
      input: entries,
      checks: { ineffectiveDynamicImport: false },
      output: {
        format: "cjs",
        entryFileNames: "[name].cjs",
        chunkFileNames: "[name].cjs",
        codeSplitting: {
          groups: Object.entries(files).map(([name, roots]) => ({
            debugName: name,
            // an entry is run where it is loaded: it stays by itself
            name: (id, modules) =>
              !inputs.includes(id) && loadedWith(roots, modules).has(id) ? name : null,
          })),
        },
      },
    },
  },
});
