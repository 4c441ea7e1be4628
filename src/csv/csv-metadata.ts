import { basename } from "node:path";
import type { Schema } from "apache-arrow/schema";
import type { IpcSchema } from "../arrow/ipc-metadata.ts";

/** Where the metadata of a CSV file stands: beside it, by the name that CSV on the Web gives it. */
export function metadataPath(csvPath: string): string {
  return `${csvPath}-metadata.json`;
}

/** Terms of CSV on the Web for what Arrow files say of a field. */
const fieldTerms = {
  unit: "schema:unitText",
  description: "dc:description",
  equation: "dc:source",
} as const;

/**
 * What an Arrow file carries in its metadata, for the CSV file at `path` with this SHA-256, as a
 * metadata document of CSV on the Web (W3C, 2015). The checksum tells whether a file that is found
 * beside it is the one it was written for.
 */
export function csvMetadata(path: string, schema: Schema, sha256: string): string {
  const columns = schema.fields.map(({ name, type, metadata }) => ({
    name,
    titles: name,
    datatype: String(type) === "Uint8" ? "unsignedByte" : "double",
    ...Object.fromEntries(
      Object.entries(fieldTerms)
        .filter(([key]) => metadata.has(key))
        .map(([key, term]) => [term, metadata.get(key)]),
    ),
  }));
  const document: CsvDocument & Record<string, unknown> = {
    "@context": "http://www.w3.org/ns/csvw",
    url: basename(path),
    tableSchema: { columns },
    notes: [{ ...Object.fromEntries(schema.metadata), sha256 }],
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

/** The schema in a document that `csvMetadata` made for a file with this checksum, else undefined. */
export function parseCsvMetadata(text: string, sha256: string): IpcSchema | undefined {
  const document = JSON.parse(text) as CsvDocument;
  const { sha256: expected, ...metadata } = document.notes[0];
  if (expected !== sha256) return undefined;
  const fields = document.tableSchema.columns.map((column) => ({
    name: column["name"],
    type: column["datatype"] === "unsignedByte" ? "Uint8" : "Float64",
    metadata: new Map(
      Object.entries(fieldTerms).flatMap(([key, term]) =>
        column[term] === undefined ? [] : [[key, column[term]] as const],
      ),
    ),
  }));
  return { fields, metadata: new Map(Object.entries(metadata)) };
}

interface CsvDocument {
  readonly tableSchema: { readonly columns: readonly Readonly<Record<string, string>>[] };
  readonly notes: readonly Readonly<Record<string, string>>[];
}
