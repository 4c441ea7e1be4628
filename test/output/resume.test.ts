import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  renameSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { basename, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { type Compression, type Format, ResumeError, sweep } from "../../src/index.ts";
import { journalLine, parseJournal } from "../../src/output/journal.ts";
import { scratchFolder } from "../arrow/scratch.ts";

const root = scratchFolder();
let folders = 0;

const spec = {
  model: "qubit-pair",
  equation: "redfield",
  omega_1: 1,
  omega_2: 2,
  T_B: 1,
  bath_A: { spectrum: "flat", g: 1 },
  bath_B: { spectrum: "drude", g: 1, cutoff: 5 },
  // lambda ≥ √2 lies outside the domain
  sweep: [{ lambda: [0, 0.5, 2] }, { T_A: { linspace: [1, 3, 67] } }],
};
const options = { chunkRows: 16, threads: 2 };
const BATCHES = 13;

/** A folder with the part of a run that was interrupted after at least three batches. */
async function interrupted(file: {
  readonly format: Format;
  readonly compress?: Compression;
}): Promise<{ path: string; part: string }> {
  const { format } = file;
  const folder = join(root, String(folders++));
  mkdirSync(folder);
  const path = join(folder, `x.${format}`);
  const controller = new AbortController();
  let calls = 0;
  const run = {
    ...options,
    threads: 1,
    signal: controller.signal,
    onProgress: () => {
      if (++calls === 3) controller.abort(new Error("enough"));
    },
  };
  await expect(sweep(spec, run).toFile(path, file)).rejects.toThrow("enough");
  expect(readdirSync(folder)).toEqual([`x.${format}.part`]);
  return { path, part: `${path}.part` };
}

function journalOf(part: string) {
  return parseJournal(readFileSync(join(part, "journal"), "utf8"));
}

describe.each<[Format, Compression?]>([
  ["arrow"],
  ["stream"],
  ["csv"],
  ["arrow", "zstd"],
  ["stream", "lz4"],
])("%s %s", (format, compress) => {
  const file = { format, ...(compress && { compress }) };

  let whole: Buffer;
  let status: unknown;

  beforeAll(async () => {
    const path = join(root, `whole.${compress}.${format}`);
    ({ status } = await sweep(spec, options).toFile(path, file));
    whole = readFileSync(path);
  });

  async function resumed(path: string, threads = 2) {
    const written = await sweep(spec, { threads }).toFile(path, { ...file, resume: true });
    expect(readFileSync(path).equals(whole)).toBe(true);
    const beside = format === "csv" ? [`${basename(path)}-metadata.json`] : [];
    expect(readdirSync(join(path, ".."))).toEqual([basename(path), ...beside]);
    expect(written).toMatchObject({ rows: 201, bytes: whole.length, status });
    return written.resumedRows;
  }

  test("an interrupted run goes on to the same bytes; once more does nothing", async () => {
    const { path, part } = await interrupted(file);
    const { batches } = journalOf(part);
    expect(await resumed(path)).toBe(16 * batches.size);
    const again = await sweep(spec).toFile(path, { ...file, resume: true });
    expect(again).toEqual({ rows: 201, bytes: whole.length, status: {}, resumedRows: 201 });
  });

  test("a damaged, a cut and a lost batch are made anew", async () => {
    const damages: ((part: string) => number)[] = [
      (part) => {
        const data = readFileSync(join(part, "data"));
        const { at, bytes } = journalOf(part).batches.get(1)!;
        data[at + bytes - 20] ^= 1;
        writeFileSync(join(part, "data"), data);
        return 1;
      },
      (part) => {
        const { at } = journalOf(part).batches.get(2)!;
        truncateSync(join(part, "data"), at + 100);
        return 2;
      },
      (part) => {
        const journal = readFileSync(join(part, "journal"), "utf8").split("\n");
        journal.splice(1, 1);
        writeFileSync(join(part, "journal"), journal.join("\n"));
        return 0;
      },
      (part) => {
        truncateSync(join(part, "data"), 0);
        return 0;
      },
    ];
    for (const damage of damages) {
      const { path, part } = await interrupted(file);
      const before = journalOf(part).batches.size;
      const first = damage(part);
      const kept = (await resumed(path, 1)) / 16;
      expect(kept).toBeLessThan(before);
      // a format whose batches have no fixed size goes on from the first that is missing
      if (format === "csv" || compress) expect(kept).toBe(first);
    }
  });

  test("a torn journal, and rubbish after it, cost what they hold", async () => {
    const { path, part } = await interrupted(file);
    const journal = readFileSync(join(part, "journal"));
    writeFileSync(join(part, "journal"), Buffer.concat([journal.subarray(0, -10), Buffer.of(255)]));
    const left = journalOf(part).batches.size;
    expect(await resumed(path)).toBe(16 * left);
  });

  test("without resume nothing is lost: the part stays, and the error says how to go on", async () => {
    const { path, part } = await interrupted(file);
    const before = readFileSync(join(part, "journal"));
    const error = await sweep(spec, options)
      .toFile(path, file)
      .catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ResumeError);
    const { size } = journalOf(part).batches;
    expect(error).toMatchObject({
      kind: "unfinished",
      message: `${part} holds ${size} of ${BATCHES} batches of an unfinished run: resume it (--resume), or discard them (rm -r ${part})`,
    });
    expect(readFileSync(join(part, "journal"))).toEqual(before);
    await resumed(path);
  });

  test("a part of a dead process is taken over, one of a live process is left alone", async () => {
    const names = [
      [`${hostname()}-${2 ** 22 + 1}`, false], // above every process number of Linux
      [`${hostname()}-${process.pid}`, false], // ours, and we do not work in it: a number used again
      [`elsewhere-17`, true],
      [`${hostname()}-1`, true],
    ] as const;
    for (const [owner, alive] of names) {
      const { path, part } = await interrupted(file);
      const owned = `${part}-${owner}-0123456789ab`;
      renameSync(part, owned);
      if (alive) {
        const busy = sweep(spec, options).toFile(path, { ...file, resume: true });
        await expect(busy, owner).rejects.toMatchObject({
          kind: "busy",
          message: expect.stringMatching(/^another process \(process \d+ on .+\) is writing x\./),
        });
        expect(existsSync(join(owned, "data"))).toBe(true);
        // no sign of life for two minutes
        const past = new Date(Date.now() - 120_000);
        utimesSync(join(owned, "journal"), past, past);
      }
      await resumed(path);
    }
  });

  test("what another spec, version, kernel or batch size has left is refused, the difference named", async () => {
    const { path, part } = await interrupted(file);
    const go = (changed: object, run: object = {}) =>
      sweep({ ...spec, ...changed }, run).toFile(path, { ...file, resume: true });
    await expect(go({ T_B: 1.5 })).rejects.toMatchObject({
      kind: "different",
      message: `${part} is of another sweep; to discard it: rm -r ${part}\n  spec.T_B: 1 there, 1.5 wanted`,
    });
    await expect(go({}, { chunkRows: 17 })).rejects.toThrow("chunkRows: 16 there, 17 wanted");
    await expect(go({ columns: ["q_A"] })).rejects.toThrow("spec.columns.0: ");
    if (format !== "csv") {
      const other = compress === "zstd" ? "lz4" : "zstd";
      const told = `compress: ${compress ? JSON.stringify(compress) : "nothing"} there, "${other}" wanted`;
      const changed = sweep(spec).toFile(path, { format, compress: other, resume: true });
      await expect(changed).rejects.toThrow(told);
    }
    const { identity } = journalOf(part);
    const journal = readFileSync(join(part, "journal"), "utf8");
    const [first] = journal.split("\n", 1);
    for (const key of ["qheat.version", "qheat.kernel"]) {
      const other = { ...identity!, metadata: { ...identity!.metadata, [key]: "other" } };
      writeFileSync(
        join(part, "journal"),
        journal.replace(`${first}\n`, () => journalLine(other)),
      );
      await expect(go({})).rejects.toThrow(`${key}: "other" there, `);
    }
    writeFileSync(join(part, "journal"), journal.slice(1));
    await expect(go({})).rejects.toThrow("does not say what sweep it is of");
    writeFileSync(join(part, "journal"), journal);
    await resumed(path);
  });

  test("a finished file that is cut, changed, or of another sweep is refused", async () => {
    const folder = join(root, String(folders++));
    mkdirSync(folder);
    const path = join(folder, `x.${format}`);
    await sweep(spec, options).toFile(path, file);
    const go = (changed: object) =>
      sweep({ ...spec, ...changed }).toFile(path, { ...file, resume: true });
    const refused = {
      kind: "different",
      message: expect.stringContaining("not the finished file"),
    };
    await expect(go({ T_B: 2 })).rejects.toMatchObject(refused);
    await expect(go({ T_B: 2 })).rejects.toThrow("spec.T_B: 1 there, 2 wanted");
    for (const length of [0, 5, whole.length >> 1, whole.length - 1]) {
      writeFileSync(path, whole.subarray(0, length));
      await expect(go({}), `${length} bytes`).rejects.toMatchObject(refused);
    }
    writeFileSync(path, Buffer.concat([whole, Buffer.of(0)]));
    await expect(go({})).rejects.toMatchObject(refused);
    // and without resume it is replaced
    await sweep(spec, options).toFile(path, file);
    expect(readFileSync(path).equals(whole)).toBe(true);
  });
});

test("a finished file beside a part that was left, and one of other batches", async () => {
  const { path, part } = await interrupted({ format: "arrow" });
  const kept = join(path, "../../kept");
  cpSync(part, kept, { recursive: true });
  await sweep(spec).toFile(path, { resume: true });
  cpSync(kept, part, { recursive: true });
  const again = await sweep(spec).toFile(path, { resume: true });
  expect(again).toMatchObject({ status: {}, resumedRows: 201 });
  rmSync(part, { recursive: true });
  const other = sweep(spec, { chunkRows: 32 }).toFile(path, { resume: true });
  await expect(other).rejects.toThrow("chunkRows: 16 there, 32 wanted");
  const same = await sweep(spec, { chunkRows: 16 }).toFile(path, { resume: true });
  expect(same).toMatchObject({ status: {}, resumedRows: 201 });
  // an older file is no obstacle to a part
  await sweep({ ...spec, T_B: 2 }, options).toFile(path);
  cpSync(kept, part, { recursive: true });
  expect((await sweep(spec).toFile(path, { resume: true })).resumedRows).toBeLessThan(201);
  expect(readdirSync(join(path, ".."))).toEqual(["x.arrow"]);
});

test("a part that cannot be opened stays as it was, and can be taken over once it can", async () => {
  const { path, part } = await interrupted({ format: "arrow" });
  const journal = readFileSync(join(part, "journal"));
  rmSync(join(part, "data"));
  mkdirSync(join(part, "data"));
  for (const _ of [1, 2]) {
    await expect(sweep(spec).toFile(path, { resume: true })).rejects.toThrow("EISDIR");
    expect(readdirSync(join(path, ".."))).toEqual(["x.arrow.part"]);
    expect(readFileSync(join(part, "journal")).equals(journal)).toBe(true);
  }
  rmSync(join(part, "data"), { recursive: true });
  writeFileSync(join(part, "data"), "");
  await sweep(spec).toFile(path, { resume: true });
  expect(readdirSync(join(path, ".."))).toEqual(["x.arrow"]);
});

test("of two that write one file at once, one does", async () => {
  const folder = join(root, String(folders++));
  mkdirSync(folder);
  const path = join(folder, "x.arrow");
  const both = await Promise.allSettled([1, 2].map(() => sweep(spec, options).toFile(path)));
  const [one, two] = both.toSorted((a, b) => a.status.localeCompare(b.status));
  expect(one).toMatchObject({ status: "fulfilled", value: { rows: 201 } });
  expect(two).toMatchObject({ status: "rejected", reason: { kind: "busy" } });
  expect(readdirSync(folder)).toEqual(["x.arrow"]);
});

test("a part that holds no batch, or whose file has got its name, is no obstacle", async () => {
  const { path, part } = await interrupted({ format: "arrow" });
  const { identity } = journalOf(part);
  writeFileSync(join(part, "journal"), journalLine(identity!));
  const owned = `${path}.part-${hostname()}-${2 ** 22 + 1}-0123456789ab`;
  mkdirSync(owned);
  cpSync(join(part, "journal"), join(owned, "journal"));
  await sweep(spec, options).toFile(path);
  expect(readdirSync(join(path, ".."))).toEqual(["x.arrow"]);
});

test("what cannot be resumed is refused", async () => {
  const run = sweep(spec, options);
  await expect(run.toFile("/dev/null", { format: "arrow", resume: true })).rejects.toMatchObject({
    kind: "unsupported",
    message: "/dev/null is no regular file and cannot be resumed",
  });
});

test("the counts of statuses are those of the table", async () => {
  const { status } = await sweep(spec, options).toFile(join(root, "counted.arrow"));
  const column = [...(await sweep(spec).toTable()).getChild("status")!];
  expect(status).toEqual(
    Object.fromEntries(
      [0, 1].map((flags) => [flags, column.filter((found) => found === flags).length]),
    ),
  );
});
