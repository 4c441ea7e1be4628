import { extname } from "node:path";

/** `arrow` is an Arrow IPC file, `stream` an Arrow IPC stream. */
export type IpcFormat = "arrow" | "stream";

/** How a sweep is written. */
export type Format = IpcFormat | "parquet" | "csv";

/** The extension of each format's files. */
export const extensions: Readonly<Record<Format, string>> = {
  arrow: ".arrow",
  stream: ".arrows",
  parquet: ".parquet",
  csv: ".csv",
};

/** The formats in words, for errors and help. */
export const formatsText =
  "arrow (an IPC file, .arrow), stream (an IPC stream, .arrows), parquet (.parquet) and csv (.csv)";

/** Why a format takes no `compress`; undefined for Arrow's, which do. */
export function notCompressed(format: Format): string | undefined {
  if (format === "arrow" || format === "stream") return undefined;
  const why =
    format === "parquet" ? "parquet is compressed already" : `${format} is not compressed`;
  return `is for Arrow files (.arrow, .arrows); ${why}`;
}

/** The format that a path's extension asks for, if it is one of ours. */
export function formatOf(path: string): Format | undefined {
  const extension = extname(path).toLowerCase();
  return (Object.keys(extensions) as Format[]).find((format) => extensions[format] === extension);
}
