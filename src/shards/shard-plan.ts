import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import { FileError } from "../arrow/file-error.ts";
import { type Compression, compressions } from "../compress/compression.ts";
import { version } from "../arrow/version.ts";
import { kernelHash } from "../engine/kernel-hash.ts";
import { shown } from "../spec/shown.ts";
import type { Sweep } from "../spec/sweep.ts";
import { createOnce } from "./create-once.ts";
import { MOST_SHARDS } from "./part-name.ts";
import { ShardError } from "./shard-error.ts";

export const PLAN_NAME = "plan.json";

const count = (most: number) =>
  v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(most));
const planSchema = v.object({
  version: v.string(),
  kernel: v.string(),
  spec_sha256: v.string(),
  rows: count(Number.MAX_SAFE_INTEGER),
  shards: count(MOST_SHARDS),
  /** How the columns of the parts are compressed, where they are. */
  compress: v.optional(v.picklist(compressions)),
  spec: v.record(v.string(), v.unknown()),
});

/** What all tasks of a job agree on: the file `plan.json` of its folder. */
export type ShardPlan = Readonly<v.InferOutput<typeof planSchema>>;

/** The plan of a sweep in `shards` shards, by this build, with compressed columns or without. */
export function shardPlan(sweep: Sweep, shards: number, compress?: Compression): ShardPlan {
  return {
    version: version(),
    kernel: kernelHash(),
    spec_sha256: createHash("sha256").update(sweep.canonical).digest("hex"),
    rows: sweep.rows,
    shards,
    compress,
    spec: JSON.parse(sweep.canonical) as Record<string, unknown>,
  };
}

/**
 * Makes `plan` the plan of `folder`, or sees that it is. Of tasks that race, one creates the file and
 * the others find it.
 *
 * @throws ShardError naming the difference if the folder has another plan.
 */
export async function pinPlan(folder: string, plan: ShardPlan): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw new FileError(`make the folder ${folder}`, cause);
  });
  const path = join(folder, PLAN_NAME);
  if (!existsSync(path) && (await createOnce(path, `${JSON.stringify(plan, null, 2)}\n`))) return;
  requireSame(folder, await readPlan(folder), plan);
}

/**
 * The plan of a folder.
 *
 * @throws ShardError if there is none, or if it is damaged; FileError
 */
export async function readPlan(folder: string): Promise<ShardPlan> {
  const path = join(folder, PLAN_NAME);
  const text = await readFile(path, "utf8").catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== "ENOENT") throw new FileError(`read ${path}`, cause);
    // worth another try: a merge may come before the first shard
    throw new ShardError(
      "missing",
      `${folder} has no ${PLAN_NAME}: no shard has been started there`,
    );
  });
  const damaged = (what: string) => new ShardError("damaged", `${path} is damaged: ${what}`);
  let plan: ShardPlan;
  try {
    plan = v.parse(planSchema, JSON.parse(text));
  } catch (error) {
    throw damaged((error as Error).message);
  }
  const hash = createHash("sha256").update(JSON.stringify(plan.spec)).digest("hex");
  if (hash !== plan.spec_sha256) throw damaged("its spec is not the one of spec_sha256");
  return plan;
}

/** Throws a ShardError that names every difference of the plan `there` from the one of this job. */
export function requireSame(folder: string, there: ShardPlan, here: ShardPlan): void {
  const differences: string[] = [];
  const compare = (name: string, a: unknown, b: unknown) => {
    if (JSON.stringify(a) === JSON.stringify(b)) return;
    const text = (value: unknown) => (value === undefined ? "not set" : shown(value));
    const [was, is] = [text(a), text(b)];
    // where what is shown of both is the same, the difference is inside
    differences.push(was === is ? `${name}: another value` : `${name}: ${was} there, ${is} here`);
  };
  compare("shards", there.shards, here.shards);
  compare("compress", there.compress, here.compress);
  compare("qheat", there.version, here.version);
  compare("kernel", there.kernel, here.kernel);
  for (const key of new Set([...Object.keys(there.spec), ...Object.keys(here.spec)])) {
    compare(key, there.spec[key], here.spec[key]);
  }
  if (differences.length === 0) return;
  const path = join(folder, PLAN_NAME);
  throw new ShardError(
    "refused",
    [`${path} is the plan of another job:`, ...differences].join("\n  "),
  );
}
