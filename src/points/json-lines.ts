import { createReadStream } from "node:fs";
import { isObject } from "../spec/check-object.ts";
import { readJson } from "../spec/read-json.ts";
import { shown } from "../spec/shown.ts";
import type { NumberBatch } from "../tables/contents.ts";
import { linesOf } from "../tables/lines.ts";
import { wrongPoints } from "./wrong-points.ts";

/** Bytes a line may have. */
const LONGEST_LINE = 2 ** 20;

/** The names in the first point of a file of JSON lines. */
export async function jsonNames(path: string): Promise<readonly string[]> {
  for await (const points of pointsOf(path)) {
    if (points.length > 0) return Object.keys(points[0].point);
  }
  throw wrongPoints(path, "it has no rows");
}

/** Columns of numbers of a file of JSON objects, one a line; null is NaN. */
export async function* jsonBatches(
  path: string,
  names: readonly string[],
  all: boolean,
): AsyncGenerator<NumberBatch, void> {
  for await (const points of pointsOf(path)) {
    const batch = new Map(names.map((name) => [name, new Float64Array(points.length)]));
    for (const [p, { line, point }] of points.entries()) {
      const wrong = (name: string, what: string) =>
        wrongPoints(path, `line ${line}, ${shown(name)}: ${what}`);
      for (const [name, values] of batch) {
        const value = Object.hasOwn(point, name) ? point[name] : undefined;
        if (value === undefined) throw wrong(name, "missing");
        if (value !== null && typeof value !== "number") {
          throw wrong(name, `got ${shown(value)}, wants a number`);
        }
        values[p] = value ?? NaN;
      }
      const other = all ? Object.keys(point).find((name) => !batch.has(name)) : undefined;
      if (other !== undefined) throw wrong(other, "the first line has no such name");
    }
    yield batch;
  }
}

interface Point {
  readonly line: number;
  readonly point: Record<string, unknown>;
}

async function* pointsOf(path: string): AsyncGenerator<Point[], void> {
  const input = createReadStream(path, { highWaterMark: 2 ** 18 });
  for await (const lines of linesOf(input, LONGEST_LINE)) {
    const points: Point[] = [];
    for (const line of lines) {
      if (line.text === undefined) throw wrongPoints(path, `line ${line.number}: ${line.fault}`);
      if (line.text.trim() !== "") points.push({ line: line.number, point: read(path, line) });
    }
    yield points;
  }
}

function read(path: string, { number, text }: { number: number; text: string }) {
  let value: unknown;
  try {
    value = readJson(text);
  } catch (error) {
    throw wrongPoints(path, `line ${number}: ${(error as Error).message}`);
  }
  if (isObject(value)) return value;
  throw wrongPoints(
    path,
    `line ${number}: got ${shown(value)}, wants an object { name: number, … }`,
  );
}
