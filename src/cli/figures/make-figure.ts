import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { sweep } from "../../api/sweep.ts";
import { writeAtomically } from "../../arrow/atomic-file.ts";
import { FileError } from "../../arrow/file-error.ts";
import { applyOverrides } from "../../spec/overrides.ts";
import { readText } from "../../spec/read-text.ts";
import { figure3 } from "./figure-3.ts";
import { figure4 } from "./figure-4.ts";
import { figure5 } from "./figure-5.ts";
import type { Figure, Results } from "./figure.ts";
import { redfield } from "./redfield.ts";

/** Every figure by the name it has on the command line. */
export const figures = { "3": figure3, "4": figure4, "5": figure5, redfield } as const;

/** Writes a figure, its data and its spec into `folder`; resolves to their paths. */
export async function makeFigure(
  figure: Figure,
  folder: string,
  signal: AbortSignal,
): Promise<string[]> {
  await makeFolder(folder);
  const place = (name: string) => join(folder, name);
  const text = await readFile(join(examples(), figure.spec), "utf8");
  const spec = readText(text);
  const written: string[] = [];
  const results: Results[] = [];
  for (const { suffix, settings } of figure.sweeps) {
    const path = place(`${figure.name}${suffix}.arrow`);
    const swept = sweep(applyOverrides(spec, settings), { signal });
    await swept.toFile(path);
    written.push(path);
    results.push(await resultsOf(swept));
  }
  for (const [extension, contents] of [
    ["yaml", text],
    ["svg", figure.draw(results)],
  ]) {
    const path = place(`${figure.name}.${extension}`);
    await writeAtomically(path, (output) => output.write([Buffer.from(contents)]));
    written.push(path);
  }
  return written;
}

/** Not recursive: Node 20 then never ends where a system answers ENOENT, as /proc does. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "EEXIST") return;
    throw new FileError(`make folder ${path}`, cause);
  }
}

async function resultsOf(swept: ReturnType<typeof sweep>): Promise<Results> {
  const table = await swept.toTable();
  return (column) => Float64Array.from(table.getChild(column)!.toArray() as Float64Array);
}

/** The folder of the specs, in the package. */
function examples(): string {
  const manifest = createRequire(import.meta.url).resolve("qheat/package.json");
  return join(dirname(manifest), "examples");
}
