import { execFile, execFileSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { type CodeBlock, codeBlocks, shows } from "../../scripts/docs/code-blocks.ts";
import { parseSpec } from "../../src/index.ts";
import { scratchFolder } from "../arrow/scratch.ts";

const root = resolve(import.meta.dirname, "../..");
const docs = readdirSync(join(root, "docs")).filter((name) => name.endsWith(".md"));
const scratch = scratchFolder();

/** The examples of each page that has some. */
const pages = ["README.md", ...docs.map((name) => `docs/${name}`)]
  .filter((page) => page !== "docs/api.md") // its blocks are declarations
  .map((page) => {
    const blocks = codeBlocks(readFileSync(join(root, page), "utf8"));
    return { page, blocks: blocks.filter(({ language }) => /^(sh|ts|yaml)$/.test(language)) };
  })
  .filter(({ blocks }) => blocks.some((block) => reason(block) === undefined));

/** A clone as a reader has it: the examples, `npx qheat`, and the package under its name. */
function clone(page: string): string {
  const folder = join(scratch, page.replaceAll("/", "-"));
  mkdirSync(join(folder, "bin"), { recursive: true });
  mkdirSync(join(folder, "node_modules"));
  cpSync(join(root, "examples"), join(folder, "examples"), { recursive: true });
  cpSync(join(root, "qheat.schema.json"), join(folder, "qheat.schema.json"));
  symlinkSync(root, join(folder, "node_modules/qheat"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  const main = join(root, "dist/src/cli/main.js");
  const program = (name: string, text: string) => {
    writeFileSync(join(folder, "bin", name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(folder, "bin", name), 0o755);
  };
  program("qheat", `exec '${process.execPath}' '${main}' "$@"`);
  program("npx", `exec "$@"`);
  return folder;
}

/** What a block prints, both streams in one; rejects if it fails. */
async function shell(folder: string, text: string): Promise<string> {
  const script = `set -euo pipefail; exec 2>&1\n${text}`;
  const path = `${join(folder, "bin")}:${process.env["PATH"]}`;
  try {
    const options = { cwd: folder, env: { ...process.env, PATH: path }, maxBuffer: 2 ** 26 };
    return (await promisify(execFile)("bash", ["-c", script], options)).stdout;
  } catch (error) {
    throw new Error(`${text}\n${(error as { stdout: string }).stdout}`, { cause: error });
  }
}

function works(command: string): boolean {
  try {
    execFileSync("sh", ["-c", command], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Why a block is not run here, if it is not. */
function reason({ notRun, needs }: CodeBlock): string | undefined {
  if (notRun !== undefined) return notRun;
  return needs === undefined || works(needs) ? undefined : `needs ${needs}`;
}

async function runProgram(folder: string, { text, line }: CodeBlock): Promise<void> {
  const name = `line-${line}`;
  writeFileSync(join(folder, `${name}.ts`), `${text}\nexport {};\n`);
  const tsc = join(root, "node_modules/.bin/tsc");
  const options = "--strict --target es2022 --module nodenext --skipLibCheck --types node";
  const types = join(root, "node_modules/@types");
  await shell(folder, `'${tsc}' ${options} --typeRoots '${types}' ${name}.ts`);
  await shell(folder, `node ${name}.js`);
}

describe.each(pages)("$page", ({ page, blocks }) => {
  const folder = clone(page);
  for (const block of blocks) {
    const [firstLine] = block.text.split("\n");
    const why = reason(block);
    if (why !== undefined) {
      process.stdout.write(`${page}, line ${block.line}: ${firstLine}: not run: ${why}\n`);
      continue;
    }
    test(`line ${block.line}: ${firstLine}`, { timeout: 300_000 }, async () => {
      if (block.setup !== undefined) await shell(folder, block.setup);
      if (block.language === "yaml") {
        const file = /^# ([\w-]+\.yaml)$/.exec(firstLine)?.[1];
        if (file !== undefined) writeFileSync(join(folder, file), block.text);
        expect(parseSpec(block.text).rows).toBeGreaterThan(0);
      } else if (block.language === "ts") {
        await runProgram(folder, block);
      } else {
        const printed = await shell(folder, block.text);
        if (block.prints !== undefined && !shows(block.prints, printed)) {
          expect(printed).toBe(block.prints);
        }
      }
    });
  }
});
