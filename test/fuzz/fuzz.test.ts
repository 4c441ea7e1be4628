import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test, vi } from "vitest";
import { exitCodeOf, messageOf } from "../../src/cli/failure.ts";
import { run } from "../../src/cli/run.ts";
import { solveLines } from "../../src/cli/solve-lines.ts";
import { parseSpec } from "../../src/spec/parse-spec.ts";
import { SpecError } from "../../src/spec/spec-error.ts";
import { scratchFolder } from "../arrow/scratch.ts";
import { qheat } from "../cli/run-cli.ts";
import { seed } from "../support/arbitrary.ts";
import { evaluateHere } from "../support/evaluate.ts";
import { seeded } from "../support/random.ts";
import { commandLine, waits } from "./command-line.ts";
import { type Dice, dice, mutated, spec, textOf } from "./spec-text.ts";

/** Inputs in all; `npm run fuzz` takes 1,000,000. Seven of ten are specs. */
const inputs = Number(process.env["QHEAT_FUZZ"] ?? 4000);
const timeout = 7_200_000;
const folder = scratchFolder();
/** Of a message: nothing a terminal acts on, no stack trace, one screen at most. */
// oxlint-disable-next-line no-control-regex
const unsafe = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]|\n {4}at /;

beforeEach(() => {
  process.chdir(folder);
  vi.spyOn(process.stderr, "write").mockImplementation((_, ...rest: unknown[]) => {
    const written = rest.at(-1);
    if (typeof written === "function") written();
    return true;
  });
});

/** Input number k: by the grammar, or that and some damage. */
function specText(d: Dice): string {
  const text = textOf(spec(d), d);
  return d.chance(0.5) ? mutated(text, d) : text;
}

/** What is wrong with how an input was refused; undefined where nothing is. */
function badError(error: unknown): string | undefined {
  if (!(error instanceof Error)) return "not an Error";
  const message = messageOf(error, []);
  const lines = message.split("\n");
  if (unsafe.test(message)) return "an unsafe message";
  if (message.trim() === "qheat:") return "an empty message";
  return lines.length > 30 || lines.some((line) => line.length > 700)
    ? "a long message"
    : undefined;
}

test(
  `${0.7 * inputs} specs: a sweep whose canonical JSON gives it again and whose rows both backends agree on, or a SpecError fit to print (seed ${seed})`,
  { timeout },
  () => {
    const seen = { accepted: 0, refused: 0 };
    for (let k = 0; k < 0.7 * inputs; k++) {
      const d = dice(seeded(seed + k));
      const text = specText(d);
      const where = () => `input ${k}: ${JSON.stringify(text)}`;
      let sweep;
      try {
        sweep = parseSpec(text);
      } catch (error) {
        if (!(error instanceof SpecError)) expect.unreachable(`${where()}: ${String(error)}`);
        const bad = badError(error);
        if (bad !== undefined) expect.unreachable(`${where()}: ${bad}: ${error.message}`);
        seen.refused++;
        continue;
      }
      seen.accepted++;
      const again = parseSpec(sweep.canonical);
      if (again.canonical !== sweep.canonical) expect.unreachable(`${where()}: not canonical`);
      if (!Number.isSafeInteger(sweep.rows) || sweep.rows < 1) expect.unreachable(where());
      if (sweep.rows > 64 || !d.chance(0.05)) continue;
      const [wasm, js] = (["wasm", "js"] as const).map((b) => evaluateHere(sweep.canonical, b));
      if (!wasm.bytes().equals(js.bytes())) expect.unreachable(`${where()}: backends differ`);
    }
    expect(seen.accepted).toBeGreaterThan(0.05 * inputs);
    if (inputs > 4000) console.log(seen);
    expect(seen.refused).toBeGreaterThan(0.05 * inputs);
    expect(Object.keys({})).toEqual([]);
    expect(({} as Record<string, unknown>)["model"]).toBeUndefined();
  },
);

test(
  `${0.1 * inputs} points as JSON lines: a line for each, results or an error (seed ${seed})`,
  { timeout },
  async () => {
    for (let k = 0; k < 0.1 * inputs; k += 50) {
      const d = dice(seeded(seed - k));
      const lines = Array.from({ length: 50 }, () => specText(d).replaceAll(/[\r\n]/g, " "));
      let output = "";
      const sink = {
        write: async (parts: readonly Uint8Array[]) => {
          for (const part of parts) output += Buffer.from(part).toString();
        },
      };
      const input = (async function* () {
        yield Buffer.from(`${lines.join("\n")}\n`);
      })();
      const bad = await solveLines(input, sink, "wasm", []);
      const results = output.trimEnd().split("\n");
      const given = lines.filter((line) => line.trim() !== "");
      if (results.length !== given.length) expect.unreachable(`lines from ${k}: ${output}`);
      const errors = results.filter((line) => "error" in (JSON.parse(line) as object));
      expect(errors.length).toBe(bad);
    }
  },
);

test(
  `${0.2 * inputs} command lines in this process: exit 0, 1 or 2, an error fit to print, and no file left of what failed (seed ${seed})`,
  { timeout },
  async () => {
    const d = dice(seeded(seed));
    const files = ["missing.yaml", ".", "folder"];
    for (let k = 0; k < 24; k++) {
      files.push(`${k}.yaml`);
      // few rows, so that no sweep takes long
      const text = textOf({ ...spec(d), sweep: [{ T_A: [1, 2] }] }, d);
      writeFileSync(join(folder, `${k}.yaml`), k % 3 === 0 ? mutated(text, d) : text);
    }
    mkdirSync(join(folder, "folder"));
    const good = { model: "qubit", omega_0: 1, T_B: 1, sweep: [{ T_A: [1, 2] }] };
    const bath = { spectrum: "flat", g: 1 };
    writeFileSync(
      join(folder, "good.yaml"),
      JSON.stringify({ ...good, bath_A: bath, bath_B: bath }),
    );
    files.push("good.yaml", "good.yaml", "good.arrow");
    const kept = new Set(readdirSync(folder));
    const codes = new Map<number, number>();
    for (let k = 0; k < 0.2 * inputs; k++) {
      const own = dice(seeded(seed + k));
      const args = commandLine(own, files);
      if (waits(args)) continue;
      const where = () => `input ${k}: ${JSON.stringify(args)}`;
      const before = readdirSync(folder).length;
      let code: number;
      try {
        const { signal } = new AbortController();
        code = await run(args, { stdout: { write: async () => {} }, signal, hints: [] });
      } catch (error) {
        code = exitCodeOf(error);
        const bad = badError(error);
        if (bad !== undefined) expect.unreachable(`${where()}: ${bad}: ${String(error)}`);
        const name = (error as Error).name;
        if (!/^(Usage|Spec|File|Ipc|Shard|Resume)Error$/.test(name)) {
          expect.unreachable(`${where()}: ${(error as Error).stack}`);
        }
        if (readdirSync(folder).length !== before) expect.unreachable(`${where()}: left a file`);
      }
      if (code < 0 || code > 2) expect.unreachable(`${where()}: code ${code}`);
      codes.set(code, (codes.get(code) ?? 0) + 1);
      for (const name of readdirSync(folder)) {
        if (!kept.has(name)) rmSync(join(folder, name), { recursive: true });
      }
    }
    expect(codes.get(0)).toBeGreaterThan(0.01 * inputs);
    expect(codes.get(2)).toBeGreaterThan(0.05 * inputs);
  },
);

test(
  `${inputs / 1000} command lines and specs on stdin of the program itself: exit 0 or 2, no stack trace (seed ${seed})`,
  { timeout },
  async () => {
    for (let k = 0; k < inputs / 1000; k++) {
      const d = dice(seeded(seed + k));
      const args = d.pick([["sweep", "-", "-o", "-"], ["solve", "-"], ["solve"]]);
      const text = textOf({ ...spec(d), sweep: [{ T_A: [1, 2] }] }, d);
      const input = d.chance(0.5) ? mutated(text, d) : text;
      const { code, stderr } = await qheat(args, { cwd: folder, input });
      const where = `input ${k}: ${JSON.stringify(input)}: ${stderr}`;
      expect([0, 2], where).toContain(code);
      expect(stderr, where).not.toMatch(unsafe);
    }
  },
);
