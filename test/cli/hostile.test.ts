import { spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import { scratchFolder } from "../arrow/scratch.ts";
import { main, point } from "./run-cli.ts";

/** `npm run test:hostile` holds the times as well, on a machine that does nothing else. */
const measure = process.env["QHEAT_MEASURE"] !== undefined;
const MOST_MEGABYTES = 200;
const folder = scratchFolder();
const peakFile = join(folder, "peak");
const hook = resolve(import.meta.dirname, "peak-memory.mjs");
const report: string[] = [];

/** 16 MiB, what a spec may have. */
const LONGEST = 16 << 20;
const few = JSON.stringify(point).slice(0, -1);
const many = (part: string, rest = 200) => part.repeat(Math.floor((LONGEST - rest) / part.length));
const numbered = (count: number, part: (i: number) => string): string[] =>
  Array.from({ length: count }, (_, i) => part(i));

/** A text for `qheat sweep`, and what it says. */
type SpecCase = readonly [name: string, text: () => string | Buffer, message: RegExp];

/** Ten lists, each of nine times the one before it: 3.5 · 10⁹ values. */
const bomb = () =>
  ["l0: &l0 [x,x,x,x,x,x,x,x,x]"]
    .concat(numbered(9, (i) => `l${i + 1}: &l${i + 1} [${Array(9).fill(`*l${i}`).join(",")}]`))
    .join("\n");

const specs: readonly SpecCase[] = [
  ["a YAML bomb of anchors and aliases", bomb, /an anchor \(&name\) is not allowed/],
  ["a merge key", () => "<<: *a\n", /an alias/],
  ["a tag", () => "model: !!js/function x\n", /a tag/],
  ["10⁶ [", () => "[".repeat(1e6), /nested deeper than 64/],
  ["10⁶ {", () => "{".repeat(1e6), /nested deeper than 64/],
  ['10⁶ {"a":', () => '{"a":'.repeat(1e6), /nest deeper than 64/],
  ["10⁶ -", () => "- ".repeat(1e6), /nested deeper than 64/],
  ["10⁵ ?", () => "? ".repeat(1e5), /nested deeper than 64/],
  [
    "4000 indented keys",
    () => numbered(4000, (i) => `${" ".repeat(i)}a:\n`).join(""),
    /nested deeper than 64/,
  ],
  ["17 MiB", () => "x".repeat(17 << 20), /got 17825792 bytes/],
  ["16 MiB of one scalar", () => `a: ${many("x")}`, /longer than 65536/],
  ["16 MiB in quotes", () => `a: "${many("x")}"`, /longer than 65536/],
  ["16 MiB of blanks", () => many(" "), /the text is empty/],
  ["16 MiB of newlines", () => many("\n"), /too long/],
  ["16 MiB of comment", () => many("#"), /the text is empty/],
  ["16 MiB of JSON numbers", () => `{"sweep":[{"T_A":[${many("1,")}1]}]}`, /more than \d+ values/],
  ["16 MiB of JSON strings", () => `{"columns":[${many('"a",')}1]}`, /more than 8192 keys/],
  ["16 MiB of JSON objects", () => `{"sweep":[${many("{},")}1]}`, /more than 8192 keys/],
  [
    "a list of 10⁶ + 1",
    () => `${few},"sweep":[{"T_A":[${"1,".repeat(1e6)}1]}]}`,
    /a list of 1000001/,
  ],
  [
    "8000 unknown keys",
    () => `${few}${numbered(8e3, (i) => `,"x${i}":1`).join("")}}`,
    /over \d+ more/,
  ],
  [
    "4000 wrong names of an axis",
    () => `${few},"sweep":[{${numbered(4e3, (i) => `"x${i}":[1]`).join()}}]}`,
    /over \d+ more/,
  ],
  [
    "2500 axes",
    () => `${few},"sweep":[${numbered(2500, () => '{"q":[1]}').join()}]}`,
    /over \d+ more/,
  ],
  [
    "8000 wrong columns",
    () => `${few},"columns":[${numbered(8e3, (i) => `"q_${i}"`).join()}]}`,
    /over \d+ more/,
  ],
  ["30,000 YAML keys", () => numbered(3e4, (i) => `k${i}: 1\n`).join(""), /model: missing/],
  ["10⁶ YAML keys", () => numbered(1e6, (i) => `k${i}: 1\n`).join(""), /too long/],
  ["a key of 10 MB", () => `${few},"${"x".repeat(1e7)}":1}`, /unknown key/],
  ["NUL", () => `${few}}\0`, /control character \\u0000/],
  ["ESC", () => `${few},"\u001b[31m":1}`, /control character \\u001b/],
  ["UTF-16", () => Buffer.from(`\ufeff${few}}`, "utf16le"), /is not UTF-8 text/],
  ["no text", () => Buffer.alloc(1e6, 0xff), /is not UTF-8 text/],
  ["1e400", () => `${few},"T_A":1e400}`, /stands twice|got Infinity/],
  [
    "a number of 10⁶ digits",
    () => `model: qubit\nomega_0: ${"9".repeat(1e6)}\n`,
    /longer than 65536/,
  ],
  [
    "2⁵³ values",
    () => `${few},"sweep":[{"g_A":{"linspace":[1,2,9007199254740992]}}]}`,
    /got 9007199254740992, wants a count/,
  ],
  [
    "2⁶⁰ rows",
    () =>
      `${few},"sweep":[{"g_A":{"linspace":[1,2,1073741824]}},{"g_B":{"linspace":[1,2,1073741824]}}]}`,
    /got 1073741824 × 1073741824 rows/,
  ],
  [
    "2⁵² rows",
    () =>
      `${few},"sweep":[{"g_A":{"linspace":[1,2,1073741824]}},{"g_B":{"linspace":[1,2,4194304]}}]}`,
    /got 4503599627370496 rows, 68719476736 batches of 65536, wants at most 1048576/,
  ],
  [
    "prototype keys",
    () => `${few},"__proto__":{"x":1},"constructor":1,"toString":2}`,
    /__proto__: unknown key/,
  ],
  [
    "prototype names of an axis",
    () => `${few},"sweep":[{"__proto__":[1]},{"constructor":[1]}]}`,
    /__proto__: unknown parameter/,
  ],
  ["a prototype model", () => 'model: "__proto__"\n', /wants qubit, qubit-pair or/],
];

const text = JSON.stringify(point);
writeFileSync(join(folder, "good.yaml"), text);
for (const [name, points] of [
  ["kmsg", "/proc/kmsg"],
  ["nul", "nul.csv"],
  ["parquet", "nul.parquet"],
]) {
  const { sweep: _, ...rest } = { sweep: undefined, ...point };
  writeFileSync(join(folder, `${name}.yaml`), JSON.stringify({ ...rest, points }));
}
for (const name of ["nul.csv", "nul.parquet"]) {
  writeFileSync(join(folder, name), "");
  truncateSync(join(folder, name), 3e9);
}
mkdirSync(join(folder, "folder.arrow"));
symlinkSync("loop.arrow", join(folder, "loop.arrow"));
symlinkSync("loop.yaml", join(folder, "loop.yaml"));

/** Command lines and what they say; exit code 2. */
const lines: readonly (readonly [name: string, args: readonly string[], message: RegExp])[] = [
  [
    "a spec that is a device",
    ["sweep", "/dev/zero", "-o", "o.arrow"],
    /wants a regular file or a pipe/,
  ],
  ["a spec that never ends", ["sweep", "/proc/kmsg", "-o", "o.arrow"], /the text is empty|denied/],
  ["a result that never ends", ["info", "/proc/kmsg"], /kmsg/],
  ["points that never end", ["sweep", "kmsg.yaml", "-o", "o.arrow"], /is empty|denied/],
  ["3 GB of NUL as CSV points", ["sweep", "nul.yaml", "-o", "o.arrow"], /nul\.csv: line 1: longer/],
  ["3 GB of NUL as Parquet", ["sweep", "parquet.yaml", "-o", "o.arrow"], /nul\.parquet: wants CSV/],
  ["a spec that is a folder", ["sweep", ".", "-o", "o.arrow"], /is a directory/],
  ["a spec that is a link to itself", ["sweep", "loop.yaml", "-o", "o.arrow"], /symbolic links/],
  ["a spec above the root", ["sweep", "../".repeat(500) + "x", "-o", "o.arrow"], /no such file/],
  ["a spec with a long name", ["sweep", "x".repeat(5000), "-o", "o.arrow"], /name is too long/],
  ["an output that is a folder", ["sweep", "good.yaml", "-o", "folder.arrow"], /EISDIR/],
  ["an output in no folder", ["sweep", "good.yaml", "-o", "no/o.arrow"], /ENOENT/],
  ["an output that is a link to itself", ["sweep", "good.yaml", "-o", "loop.arrow"], /ELOOP/],
  [
    "an output with a long name",
    ["sweep", "good.yaml", "-o", `${"x".repeat(300)}.arrow`],
    /ENAMETOOLONG/,
  ],
  ["--set of a prototype", ["solve", "good.yaml", "--set", "__proto__.x=1"], /wants key=value/],
  ["--set of 10⁵ [", ["solve", "good.yaml", "--set", `T_A=${"[".repeat(1e5)}`], /nested deeper/],
  [
    "2000 --set",
    ["solve", "good.yaml", ...Array.from({ length: 2000 }, () => ["--set", "q=1"]).flat()],
    /q: unknown key/,
  ],
  ["controls in a command", ["\u001b[31m"], /unknown command \\u001b\[31m/],
];

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
  readonly megabytes: number;
}

async function run(args: readonly string[], input: string | Buffer = ""): Promise<Ran> {
  const started = performance.now();
  const child = spawn(process.execPath, ["--import", hook, main, ...args], {
    cwd: folder,
    env: { ...process.env, QHEAT_PEAK_FILE: peakFile },
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (data: Buffer) => (stdout += data.toString()));
  child.stderr.on("data", (data: Buffer) => (stderr += data.toString()));
  child.stdin.on("error", () => {}); // the program may end before it has read all
  child.stdin.end(input);
  const code = await new Promise<number | null>((end) => child.on("close", end));
  const seconds = (performance.now() - started) / 1000;
  const megabytes = Number(readFileSync(peakFile, "utf8")) / 1024;
  return { code, stdout, stderr, seconds, megabytes };
}

function check(name: string, { code, stderr, seconds, megabytes }: Ran, message: RegExp): void {
  expect(stderr).toMatch(message);
  expect(code).toBe(2);
  // oxlint-disable-next-line no-control-regex
  expect(stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]|\n {4}at /);
  expect(megabytes).toBeLessThan(MOST_MEGABYTES);
  report.push(`${name} | ${seconds.toFixed(2)} s | ${megabytes.toFixed(0)} MB`);
  if (measure) expect(seconds).toBeLessThan(1);
}

afterAll(() => {
  if (measure) console.log(report.join("\n"));
});

const linux = process.platform === "linux";
const timeout = 300_000;

test.skipIf(!linux).each(specs)(
  `a spec of %s is refused below ${MOST_MEGABYTES} MB (skipped where there is no /proc)`,
  { timeout },
  async (name, make, message) => {
    writeFileSync(join(folder, "spec.yaml"), make());
    check(name, await run(["sweep", "spec.yaml", "-o", "o.arrow"]), message);
    expect(existsSync(join(folder, "o.arrow"))).toBe(false);
  },
);

test.skipIf(!linux).each(lines)(
  `%s is refused below ${MOST_MEGABYTES} MB`,
  { timeout },
  async (name, args, message) => {
    check(name, await run(args), message);
    expect(existsSync(join(folder, "o.arrow"))).toBe(false);
  },
);

test.skipIf(!linux)(
  "20 MiB on stdin, 100 MB in a line, a line of brackets: refused within bounds",
  { timeout },
  async () => {
    const long = await run(["sweep", "-", "-o", "o.arrow"], "x".repeat(20 << 20));
    check("20 MiB on stdin", long, /stdin has more than 16777216 bytes/);
    const line = await run(["solve"], Buffer.alloc(1e8, "x"));
    check("a line of 100 MB", line, /^$/);
    expect(JSON.parse(line.stdout)).toEqual({ error: "line 1: longer than 1048576 bytes" });
    const deep = await run(["solve"], `{"model":${"[".repeat(4e5)}${"]".repeat(4e5)}}\n`);
    check("a line of 400,000 [", deep, /^$/);
    expect(deep.stdout).toMatch(/^{"error":"line 1: model: got \[\[…\]\], wants qubit/);
  },
);
