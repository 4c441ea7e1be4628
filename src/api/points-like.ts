import { isObject } from "../spec/check-object.ts";
import { pointNumbers } from "../spec/point-numbers.ts";
import type { Sweep } from "../spec/sweep.ts";

type Numbers = ReadonlyMap<string, number>;

/**
 * Reads points that differ from a valid one in their numbers alone, without parsing them anew: their
 * numbers by flat name, each in its domain. Undefined for any other point, right or wrong.
 *
 * @param point the object `parsed` was read from; it may change later on.
 */
export function pointsLike(point: unknown, parsed: Sweep): (other: unknown) => Numbers | undefined {
  if (!isObject(point)) return () => undefined;
  const like = JSON.parse(JSON.stringify(point)) as Record<string, unknown>;
  const { model, spectra } = parsed;
  const numbers = pointNumbers(model, spectra);
  const keysIn = (bath: number) =>
    new Set(numbers.filter((number) => number.bath === bath).map(({ key }) => key));
  const own = keysIn(-1);
  const baths = model.baths.map((name, b) => ({ key: `bath_${name}`, keys: keysIn(b) }));
  const free = new Map([["", own], ...baths.map(({ key, keys }) => [key, keys] as const)]);
  const bathKeys = baths.map(({ key }) => key);
  return (other) => {
    if (!same(other, like, free, "")) return undefined;
    const read = new Map<string, number>();
    for (const { parameter, bath, key } of numbers) {
      const holder = bath < 0 ? other : (other[bathKeys[bath]] as typeof other);
      const given = holder[key];
      const value = given === undefined ? parameter.default : given;
      if (typeof value !== "number" || !parameter.domain.allowed(value)) return undefined;
      read.set(parameter.name, value + 0); // −0 becomes 0
    }
    return read;
  };
}

/** Whether two trees of plain data are equal but for the keys `free` of an object at a path. */
function same<T>(
  a: unknown,
  b: T,
  free: ReadonlyMap<string, ReadonlySet<string>>,
  path: string,
): a is T {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  const freeKeys = free.get(path);
  return keys.every(
    (key) =>
      Object.hasOwn(right, key) &&
      (freeKeys?.has(key) === true || same(left[key], right[key], free, path === "" ? key : "?")),
  );
}
