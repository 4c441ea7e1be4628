import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const root = new URL("../../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), "utf8");

interface Row {
  readonly equation: string;
  readonly code: string;
  readonly tests: string;
}

/** The rows of the table in `docs/paper.md`; a | in a cell is escaped. */
const rows = read("docs/paper.md")
  .split("\n")
  .filter((line) => /^\| \([\dA]/.test(line))
  .map((line): Row => {
    const [, equation, , code, tests] = line
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim().replaceAll("\\|", "|"));
    return { equation, code, tests };
  });

const numbered = (chapter: string, count: number) =>
  Array.from({ length: count }, (_, k) => `(${chapter}.${k + 1})`);

test("docs/paper.md has a row for every numbered equation, (1.1) to (3.75) and (A.1) to (A.11), once and in order", () => {
  expect(rows.map(({ equation }) => equation)).toEqual([
    ...numbered("1", 4),
    ...numbered("2", 17),
    ...numbered("3", 75),
    ...numbered("A", 11),
  ]);
});

test("docs/paper.md: code that is named exists, function by function; a row without code says why", () => {
  for (const { equation, code } of rows) {
    if (code.startsWith("not code: ")) continue;
    let source: string | undefined;
    let names = 0;
    for (const [, name] of code.matchAll(/`([^`]+)`/g)) {
      if (name.endsWith(".ts")) {
        expect(existsSync(new URL(`src/${name}`, root)), `${equation} src/${name}`).toBe(true);
        source = read(`src/${name}`);
      } else {
        expect(source, `${equation} names ${name} before a file`).toBeDefined();
        expect(source, equation).toMatch(new RegExp(`\\b${name}\\b`));
        names++;
      }
    }
    expect(names, `${equation} names a function`).toBeGreaterThan(0);
  }
});

test("docs/paper.md: every row has a test, in a file that exists, by a title that stands there", () => {
  for (const { equation, tests } of rows) {
    const named = [...tests.matchAll(/`([^`]+)` “([^”]+)”/g)];
    expect(named.length, equation).toBe(tests.split("<br>").length);
    for (const [, file, title] of named) {
      expect(read(`test/${file}.test.ts`), `${equation} test/${file}.test.ts`).toContain(title);
    }
  }
});

test("docs/paper.md and docs/physics.md: links lead to headings that exist", () => {
  const headings = (path: string) =>
    new Set(
      [...read(path).matchAll(/^#+ (.+)$/gm)].map(([, text]) =>
        text
          .toLowerCase()
          .replaceAll(/[^\p{L}\p{N} -]/gu, "")
          .replaceAll(" ", "-"),
      ),
    );
  const physics = headings("docs/physics.md");
  const links = [...read("docs/paper.md").matchAll(/\]\(physics\.md#([^)]+)\)/g)];
  expect(links.length).toBeGreaterThan(4);
  for (const [, anchor] of links) expect(physics).toContain(anchor);
});
