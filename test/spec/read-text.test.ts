import { describe, expect, test } from "vitest";
import { parseSpec } from "../../src/spec/parse-spec.ts";
import { readJson } from "../../src/spec/read-json.ts";
import { readText } from "../../src/spec/read-text.ts";
import { specError } from "./errors.ts";

describe("text", () => {
  test.each([
    [
      '{"a": [1, -2.5e3, "x\\u0041: {"], "b": {"a": null}}',
      { a: [1, -2500, "xA: {"], b: { a: null } },
    ],
    ["{a: [1, x], b: {a: ~}}", { a: [1, "x"], b: { a: null } }],
    ["# c\na:\n  - 1\n  - b: .5\n    c: 'x'\n", { a: [1, { b: 0.5, c: "x" }] }],
    ["---\na: 1\n...\n", { a: 1 }],
    ["\ufeffa: 1\r\nb: true", { a: 1, b: true }],
    ["1: 2", { "1": 2 }],
    ["x", "x"],
    ["null", null],
  ])("%j", (text, value) => {
    expect(readText(text)).toEqual(value);
  });

  test("a list of a hundred thousand numbers, as YAML and as JSON", () => {
    const values = Array.from({ length: 100_000 }, (_, i) => i / 7);
    expect(readText(`a: [${values.join(", ")}]`)).toEqual({ a: values });
    expect(readText(JSON.stringify({ a: values }))).toEqual({ a: values });
  });
});

describe("refused", () => {
  test.each([
    ["", "the text is empty"],
    [" \n# nothing\n", "the text is empty"],
    ["---\n", "the text is empty"],
    ["a: 1\nb: [1, 2", "line 2, column 9: "],
    ["a: 1\n b: 2\n", "line 1, column 4: "],
    ["a: 'x", "line 1, column 6: "],
    ["a: 1\na: 2", 'line 2, column 1: the key "a" stands twice'],
    ['{"a": 1,\n "b": {"c": 1, "c": 2}}', 'line 2, column 16: the key "c" stands twice'],
    ["a: {'__proto__': 1, __proto__: 2}", 'line 1, column 21: the key "__proto__" stands twice'],
    ["? [a]\n: 1", "line 1, column 3: a key must be a plain name"],
    ["a: &x 1\nb: *x", "line 1, column 4: an anchor (&name) is not allowed"],
    ["a: 1\nb: *x", "line 2, column 4: an alias (*name) is not allowed"],
    ["a: !!js/function x", "line 1, column 4: a tag (!name) is not allowed"],
    ["%YAML 1.1\n---\na: yes", "line 1, column 1: a directive (%NAME) is not allowed"],
    ["a: 1\n---\nb: 1", "line 2, column 1: a second document begins, wants one"],
    ["a: 1\nb: \u0000", "line 2, column 4: control character \\u0000"],
    ["\u001b[31m", "line 1, column 1: control character \\u001b"],
    ["a: 1\n]\n", "line 2, column 1: "],
  ])("%j", (text, message) => {
    expect(specError(() => parseSpec(text))).toContain(message);
    expect(specError(() => parseSpec(text)).startsWith(message)).toBe(true);
  });

  const bomb = (() => {
    const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"];
    for (let i = 1; i < 10; i++) lines.push(`a${i}: &a${i} [${`*a${i - 1}, `.repeat(9)}]`);
    return lines.join("\n");
  })();
  const indented = Array.from({ length: 3000 }, (_, i) => `${" ".repeat(i)}a:`).join("\n");
  test.each([
    ["ten thousand [", "[".repeat(10_000), "line 1, column 64: nested deeper than 64"],
    ["ten thousand [ in a key", `a: ${"[".repeat(10_000)}`, "nested deeper than 64"],
    ["ten thousand {", '{"a":'.repeat(10_000), "nested deeper than 64"],
    ["[ with ] in comments", "[ # ]\n".repeat(10_000), "nested deeper than 64"],
    ["closed ones", `${"[".repeat(10_000)}${"]".repeat(10_000)}`, "nested deeper than 64"],
    ["- - - -", "- ".repeat(10_000), "nested deeper than 64"],
    ["? ? ? ?", "? ".repeat(10_000), "nested deeper than 64"],
    [": : : :", "a: ".repeat(10_000), "nested deeper than 64"],
    ["deep indentation", indented, "nested deeper than 64"],
    ["an alias bomb", bomb, "an anchor (&name) is not allowed"],
    ["16 MiB and a byte", "x".repeat(2 ** 24 + 1), "longer than 16777216 characters"],
    ["a million keys", "a: 1\n".repeat(1_000_000), "too long; write long lists as JSON"],
    ["a million stray brackets", "]".repeat(1_000_000), "line 1, column 1: "],
    ["2 MB of JSON, cut off", `{"a": [${"1, ".repeat(700_000)}`, "not JSON: "],
    ["a million axes", `{"model": "qubit", "sweep": [${'{"a": [1, 2]}, '.repeat(1e6)}{}]}`, "more"],
    ["a million documents", "---\n".repeat(1_000_000), "line 2, column 1: a second document"],
    ["a hundred thousand quotes", '"'.repeat(100_000), "line 1, column "],
    [
      "4 MiB of words",
      "a\n".repeat(2 ** 21),
      "line 1, column 1: a text longer than 65536 characters",
    ],
  ])("%s, soon", (_, text, message) => {
    const start = performance.now();
    expect(specError(() => parseSpec(text))).toContain(message);
    expect(performance.now() - start).toBeLessThan(20_000);
  });
});

test("brackets within 64 are read, in strings they do not count", () => {
  const depth = (n: number) => `${"[".repeat(n)}${"]".repeat(n)}`;
  expect(() => readText(depth(60))).not.toThrow();
  expect(readText(`a: "${"[".repeat(1000)}"`)).toEqual({ a: "[".repeat(1000) });
  expect(readText(`{"a": "${'[\\"'.repeat(1000)}"}`)).toEqual({ a: '["'.repeat(1000) });
});

describe("__proto__, constructor and prototype", () => {
  const evil = '{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}';
  test.each([
    evil,
    "__proto__: { polluted: 1 }\nconstructor: { prototype: { polluted: 1 } }",
    `bath_A: ${evil}`,
    `sweep: [${evil}]`,
  ])("are keys like any other: %s", (text) => {
    const message = specError(() =>
      parseSpec(`model: qubit\n${text.replace(/^\{(.*)\}$/, "$1").replaceAll("}, ", "}\n")}`),
    );
    expect(message).not.toBe("");
    expect(Object.keys(readText(evil) as object)).toEqual(["__proto__", "constructor"]);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    expect(Object.getPrototypeOf(readText(evil))).toBe(Object.prototype);
  });

  test("are unknown keys of a spec", () => {
    const spec: unknown = JSON.parse(`{"model": "qubit", "prototype": 1, ${evil.slice(1)}`);
    const message = specError(() => parseSpec(spec));
    for (const key of ["__proto__", "constructor", "prototype"]) {
      expect(message).toContain(`${key}: unknown key`);
    }
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});

describe("readJson", () => {
  test("reads", () => expect(readJson(' {"a": [1, {"b": ":"}]} ')).toEqual({ a: [1, { b: ":" }] }));
  test.each([
    ['{"a": 1, "a": 1}', "a key stands twice in one object"],
    ['{"a": {"b": 1, "\\u0062": 2}}', "a key stands twice in one object"],
    ['{"a": }', "not JSON: "],
    ["", "not JSON: "],
    ["\u001b{", "not JSON: "],
    ["[".repeat(100_000), "brackets nest deeper than 64"],
  ])("refuses %j", (text, message) => {
    expect(specError(() => readJson(text))).toContain(message);
  });
});
