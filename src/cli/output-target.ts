import { basename, extname } from "node:path";
import { extensions, type Format, formatOf, formatsText } from "../arrow/format.ts";
import { UsageError } from "./usage-error.ts";

/** Where a sweep goes: a file, or stdout, which has no `path`. */
export interface OutputTarget {
  readonly path?: string;
  readonly format: Format;
}

/** What `-o` and `--format` ask for; without `-o` a file named after the spec, in the working folder. */
export function outputTarget(
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
