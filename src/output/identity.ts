import type { Schema } from "apache-arrow/schema";
import { crcOf } from "../arrow/crc.ts";
import type { Parts } from "../arrow/encoder.ts";
import type { Compression } from "../compress/compression.ts";
import type { Format } from "../arrow/format.ts";
import type { RowRange } from "../grid/chunks.ts";
import { shown } from "../spec/shown.ts";

/** What the bytes of a sweep's file follow from, and nothing else. */
export interface Identity {
  readonly format: Format;
  readonly compress?: Compression | undefined;
  readonly chunkRows: number;
  readonly firstRow: number;
  readonly rows: number;
  /** The schema's metadata: the spec, the version and the hash of the kernels among them. */
  readonly metadata: Readonly<Record<string, string>>;
  /** CRC-32 of the file's head. */
  readonly head: string;
}

export function identityOf(
  { format, compress }: Pick<Identity, "format" | "compress">,
  chunkRows: number,
  { firstRow, rows }: RowRange,
  { metadata }: Schema,
  head: Parts,
): Identity {
  return {
    format,
    compress,
    chunkRows,
    firstRow,
    rows,
    metadata: Object.fromEntries(metadata),
    head: crcOf(head),
  };
}

/** In words, how `there` differs from `wanted`; nothing where the same bytes follow from both. */
export function differences(there: Identity, wanted: Identity): readonly string[] {
  const found: string[] = [];
  const compare = (path: string, was: unknown, is: unknown) => {
    if (Object.is(was, is)) return;
    if (isObject(was) && isObject(is)) {
      for (const key of new Set([...Object.keys(was), ...Object.keys(is)])) {
        compare(path === "" ? key : `${path}.${key}`, was[key], is[key]);
      }
    } else {
      found.push(`${path}: ${text(was)} there, ${text(is)} wanted`);
    }
  };
  const told = ({ metadata, format, compress, chunkRows, firstRow, rows }: Identity) => {
    const { "qheat.spec": spec, ...others } = metadata;
    const parsed: unknown = spec === undefined ? undefined : JSON.parse(spec);
    return { ...others, spec: parsed, format, compress, chunkRows, firstRow, rows };
  };
  compare("", told(there), told(wanted));
  if (found.length === 0 && there.head !== wanted.head) found.push("the file's head");
  return found;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function text(value: unknown): string {
  return value === undefined ? "nothing" : shown(value);
}
