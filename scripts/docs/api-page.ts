import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

/** A declaration of a `.d.ts` file with the docstring above it. */
interface Declaration {
  readonly name: string;
  readonly doc: string;
  readonly text: string;
}

/**
 * The reference of what a program can import, from the docstrings in the built declarations:
 * `docs/api.md`.
 *
 * @param index the package's `.d.ts` files, by the name of what they are imported as.
 */
export function apiPage(index: Readonly<Record<string, string>>): string {
  const seen = new Set<string>();
  const sections = Object.entries(index).map(([name, path]) => {
    const parts = exportsOf(path).map(({ file, name: exported }) => {
      const key = `${file}#${exported}`;
      if (seen.has(key)) return { name: exported, again: true, text: "" };
      seen.add(key);
      return { name: exported, again: false, text: declarationText(find(file, exported)) };
    });
    const again = parts.filter((part) => part.again).map((part) => `\`${part.name}\``);
    const too = again.length > 0 ? [`As above: ${again.join(", ")}.`] : [];
    const texts = parts.filter((part) => !part.again).map(({ text }) => text);
    return [`## import … from "${name}"`, ...texts, ...too].join("\n\n");
  });
  return [head, ...sections].join("\n\n");
}

const head = `<!-- made by npm run docs from the docstrings: change those, not this page -->

# The API

Everything public, with its docstring. Equation numbers are those of [arXiv:2301.13544](https://arxiv.org/abs/2301.13544).`;

/** What an index re-exports, in its order, and the declarations' files. */
function exportsOf(index: string): { file: string; name: string }[] {
  const source = readFileSync(index, "utf8");
  const found = [...source.matchAll(/export (?:type )?\{([^}]*)\} from "([^"]+)"/g)];
  return found.flatMap(([, names, path]) =>
    names
      .split(",")
      .map((name) => name.replace("type ", "").trim())
      .filter(Boolean)
      .map((name) => ({
        file: resolve(dirname(index), path.replace(/\.(ts|js)$/, ".d.ts")),
        name,
      })),
  );
}

/** A declaration begins in the first column, and ends before the next that does. */
function find(file: string, wanted: string): Declaration {
  const source = readFileSync(file, "utf8");
  const pattern =
    /(?:^\/\*\*((?:(?!\*\/)[^])*)\*\/\n)?^export (?:declare )?(?:function|interface|type|const|class) (\w+)[^]*?(?=\n(?:\/\*\*|export |import |declare |interface |type |\/\/#)|(?![^]))/gm;
  for (const [text, doc, name] of source.matchAll(pattern)) {
    if (name !== wanted) continue;
    const start = text.indexOf("export ", text.startsWith("/**") ? text.indexOf("*/") : 0);
    return { name, doc: plain(doc ?? ""), text: text.slice(start).trimEnd() };
  }
  throw new Error(`${file} declares no ${wanted}`);
}

/** A docstring without its stars. */
function plain(doc: string): string {
  return doc
    .split("\n")
    .map((line) => line.replace(/^\s*\* ?/, ""))
    .join("\n")
    .trim();
}

/** Text, then what the tags say as a list, then the declaration. */
function declarationText({ name, doc, text }: Declaration): string {
  const [body, ...tags] = doc.split(/^@/m);
  if (doc === "") throw new Error(`${name} is public and has no docstring`);
  const items = tags.map((tag) => {
    const [, kind, rest] = /^(\w+)\s+([^]*)$/.exec(tag.trim())!;
    const said = rest.replaceAll(/\s*\n\s*/g, " ");
    if (kind === "param") return `- ${said.replace(/^(\S+)/, "`$1`:")}`;
    return kind === "returns"
      ? `- returns ${said}`
      : `- throws ${said.replace(/^\{(\w+)\}/, "$1")}`;
  });
  const declaration = text.replace(/^export (declare )?/, "");
  return [
    `### ${name}`,
    body.trim(),
    ...(items.length > 0 ? [items.join("\n")] : []),
    `\`\`\`ts\n${declaration}\n\`\`\``,
  ].join("\n\n");
}
