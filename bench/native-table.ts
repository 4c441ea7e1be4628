import { native } from "./native.ts";

/** Rows of a table: what plain C++ takes, and wasm in units of it. */
export function nativeTable(wasm: ReadonlyMap<string, number>): string {
  const builds = {
    "128-bit": native("vectors-128", ["-mno-avx"]),
    "-march=native": native("native", ["-march=native"]),
  };
  const works = { closed: "closed", redfield: "redfield", lu4: "lu4", lu6: "lu6", lu16: "lu16" };
  const lines = Object.entries(works).map(([name, key]) => {
    const ours = wasm.get(name)!;
    const cells = Object.values(builds).flatMap((figures) =>
      typeof figures === "string"
        ? [figures, ""]
        : [`${figures[key].toFixed(1)} ns`, (ours / figures[key]).toFixed(2)],
    );
    return `| ${name} | ${ours.toFixed(1)} ns | ${cells.join(" | ")} |`;
  });
  return `| work | wasm | C++, 128-bit | wasm / C++ | C++, -march=native | wasm / C++ |
| --- | --- | --- | --- | --- | --- |
${lines.join("\n")}
`;
}
