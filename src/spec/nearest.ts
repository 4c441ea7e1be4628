import { distance } from "fastest-levenshtein";

/** Longer ones are no misspelt names; the distance takes time with the product of the lengths. */
const LONGEST = 40;

/** `"; did you mean X?"` for the name nearest to `wrong` where one is near, else `""`. */
export function didYouMean(wrong: unknown, names: Iterable<string>): string {
  const name = nearestTo(wrong, names);
  return name === undefined ? "" : `; did you mean ${name}?`;
}

/** The name nearest to `wrong` where one is near, the first of several. */
export function nearestTo(wrong: unknown, names: Iterable<string>): string | undefined {
  if (typeof wrong !== "string" || wrong.length > LONGEST) return undefined;
  let nearest: string | undefined;
  let least = Math.max(1, Math.floor(wrong.length / 3)) + 1;
  for (const name of names) {
    const edits = distance(wrong.toLowerCase(), name.toLowerCase());
    // as many edits as letters: nothing in common
    if (edits < least && edits < wrong.length) [nearest, least] = [name, edits];
  }
  return nearest;
}
