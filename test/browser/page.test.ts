import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { chromium, type Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { createEngine } from "../../src/index.ts";
import { referenceCases } from "../support/reference.ts";

const executablePath =
  process.env["CHROMIUM"] ?? ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync);
const reason = executablePath ? "" : " (skipped: no chromium; CHROMIUM=PATH names one)";

/** The example's page in a headless browser, as its own server serves it: without special headers. */
async function withPage(use: (page: Page) => Promise<void>): Promise<void> {
  const serve = resolve(import.meta.dirname, "../../examples/browser/serve.mjs");
  const server = spawn(process.execPath, [serve, "0"]);
  const browser = await chromium.launch({
    executablePath: executablePath!,
    args: ["--no-sandbox"],
  });
  try {
    const [url] = (await once(server.stdout, "data")) as [Buffer];
    const page = await browser.newPage();
    page.setDefaultTimeout(120_000);
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    page.on("console", (message) => errors.push(message.text()));
    await page.goto(url.toString().trim());
    await use(page);
    expect(errors).toEqual([]);
  } finally {
    await browser.close();
    server.kill();
  }
}

describe.skipIf(executablePath === undefined)(`in chromium${reason}`, { timeout: 300_000 }, () => {
  test("a module worker solves the 300 reference points to the bits of Node", async () => {
    const points = referenceCases.map(({ point }) => point);
    const engine = await createEngine();
    const expected = points.map((point) => engine.solve(point));
    await withPage(async (page) => {
      expect(await page.evaluate(() => globalThis.crossOriginIsolated)).toBe(false);
      const results = await page.evaluate(
        (asked) =>
          new Promise<Record<string, number>[]>((answer, fail) => {
            const worker = new Worker("worker.mjs", { type: "module" });
            worker.addEventListener("message", ({ data }) => answer(data.results));
            worker.addEventListener("error", ({ message }) => fail(new Error(message)));
            worker.postMessage(asked);
          }),
        points,
      );
      expect(results).toEqual(expected);
    });
  });

  test("the page draws its 200 points, and draws others when a slider moves", async () => {
    await withPage(async (page) => {
      const drawn = async () => {
        await page.waitForFunction(() => document.querySelector("polyline")?.points.length === 200);
        return page.locator("polyline").getAttribute("points");
      };
      const before = await drawn();
      const engine = await createEngine();
      const baths = { bath_A: { spectrum: "flat", g: 1 }, bath_B: { spectrum: "flat", g: 1 } };
      const pair = { model: "qubit-pair", omega_1: 1, omega_2: 2, lambda: 0.5, T_B: 1, ...baths };
      const { q_A } = engine.solve({ ...pair, T_A: 0.1 + 3.9 });
      expect(before).toMatch(new RegExp(` 400,${100 - 150 * q_A}$`));
      await page.locator("input[name=lambda]").fill("1");
      await page.waitForFunction(
        (old) => document.querySelector("polyline")?.getAttribute("points") !== old,
        before,
      );
      const last = engine.solve({ ...pair, lambda: 1, T_A: 0.1 + 3.9 }).q_A;
      expect(await drawn()).toMatch(new RegExp(` 400,${100 - 150 * last}$`));
    });
  });
});
