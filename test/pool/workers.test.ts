import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { afterEach, expect, test } from "vitest";
import { startWorkers, type Workers } from "../../src/pool/workers.ts";
import { WorkerError } from "../../src/pool/worker-error.ts";

interface Task {
  readonly firstRow: number;
  readonly rows: number;
}

const file = join(import.meta.dirname, "workers/faulty.mjs");
const tasks: readonly Task[] = Array.from({ length: 12 }, (_, k) => ({
  firstRow: 10 * k,
  rows: 10,
}));

// so that the heap of a worker is soon full; isolates that run already keep theirs
setFlagsFromString("--max-old-space-size=64");

let workers: Workers<Task, number> | undefined;

function start(data: object, threads = 2): Workers<Task, number> {
  const failed = new Int32Array(new SharedArrayBuffer(4));
  workers = startWorkers<Task, number>(threads, file, { at: -1, failed, ...data });
  return workers;
}

afterEach(async () => {
  await workers?.end();
});

const faults = ["exit", "throw", "crash", "memory", "trap"];

test.each(faults)("%s once: every task is done, each once", async (fault) => {
  const { run } = start({ fault, at: 50, times: 1 });
  expect(await Promise.all(tasks.map(run))).toEqual(tasks.map((t) => t.firstRow + t.rows));
});

const messages = {
  exit: "worker exited with code: 7",
  throw: "no luck",
  crash: "crashed",
  memory: "Worker terminated due to reaching memory limit: JS heap out of memory",
  trap: "unreachable",
};

test.each(Object.entries(messages))(
  "%s twice: an error that names the rows, the others are done",
  async (fault, message) => {
    const { run } = start({ fault, at: 50, times: 2 });
    const settled = await Promise.allSettled(tasks.map(run));
    settled.forEach((result, k) => {
      if (k !== 5) expect(result).toEqual({ status: "fulfilled", value: 10 * k + 10 });
    });
    const { reason } = settled[5] as PromiseRejectedResult;
    expect(reason).toBeInstanceOf(WorkerError);
    expect(String(reason)).toBe(`WorkerError: rows 50 to 59: two workers failed: ${message}`);
  },
);

test("workers that do not start fail the tasks, one after the other, and do not hang", async () => {
  const { run } = start({ startup: true });
  const settled = await Promise.allSettled(tasks.map(run));
  for (const result of settled) {
    expect(result).toMatchObject({
      status: "rejected",
      reason: { message: expect.stringContaining("two workers failed: does not start") },
    });
  }
});

test("stop: what is begun is finished, what is not resolves to nothing", async () => {
  const { run, stop } = start({}, 1);
  const first = run(tasks[0]);
  await first;
  const rest = tasks.slice(1).map(run);
  stop();
  const results = await Promise.all(rest);
  const begun = results.findIndex((result) => result === undefined);
  expect(begun).toBeLessThanOrEqual(1);
  expect(results.slice(begun)).toEqual(results.slice(begun).map(() => undefined));
  expect(await run(tasks[0])).toBeUndefined();
});

test("end leaves no thread", async () => {
  const ports = () => process.getActiveResourcesInfo().filter((r) => r === "MessagePort").length;
  // those of the tests before take a moment to go
  await expect.poll(ports, { timeout: 10_000 }).toBe(0);
  const { run, end } = start({ fault: "exit", at: 50, times: 1 });
  await Promise.all(tasks.map(run));
  await end();
  expect(ports()).toBe(0);
});
