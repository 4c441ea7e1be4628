import { basename, extname } from "node:path";
import { extensions, type Format, formatOf, formatsText, notCompressed } from "../arrow/format.ts";
import { type Compression, compressions } from "../compress/compression.ts";
import { type Arguments, oneOf } from "./arguments.ts";
import { UsageError } from "./usage-error.ts";

/** Where a sweep goes: a file, or stdout, which has no `path`. */
export interface OutputTarget {
  readonly path?: string;
  readonly format: Format;
  readonly compress?: Compression;
}

/**
 * What `-o`, `--format` and `--compress` ask for; without `-o` a file named after the spec, in the working
 * folder.
 */
export function outputTarget(spec: string, given: Arguments): OutputTarget {
  const target = fileTarget(spec, given.text("output"), given.text("format"));
  const name = given.text("compress");
  if (name === undefined) return target;
  const compress = oneOf("--compress", name, compressions);
  const wrong = notCompressed(target.format);
  if (wrong !== undefined) throw new UsageError(`--compress ${wrong}`);
  return { ...target, compress };
}

/** The same of `-o` and `--format` alone. */
export function fileTarget(
  spec: string,
  output: string | undefined,
  formatName: string | undefined,
): OutputTarget {
  const format = formatName === undefined ? undefined : namedFormat(formatName);
  if (output === "-") {
    if (format === "arrow") throw new UsageError("stdout takes an IPC stream: --format stream");
    return { format: format ?? "stream" };
  }
  if (output !== undefined) {
    return { path: output, format: format ?? formatOf(output) ?? noFormat(output) };
  }
  if (spec === "-") throw new UsageError("a spec from stdin has no name: say -o FILE or -o -");
  const name = basename(spec, extname(spec));
  return { path: `${name}${extensions[format ?? "arrow"]}`, format: format ?? "arrow" };
}

function namedFormat(name: string): Format {
  if (Object.hasOwn(extensions, name)) return name as Format;
  throw new UsageError(`no format ${JSON.stringify(name)}: there are ${formatsText}`);
}

function noFormat(path: string): never {
  const extension = extname(path);
  const what = extension
    ? `no format for ${extension}`
    : `${path} has no extension to tell a format`;
  throw new UsageError(`${what}: there are ${formatsText}`);
}
