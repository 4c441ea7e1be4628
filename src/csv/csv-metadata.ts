import { basename } from "node:path";
import type { Schema } from "apache-arrow";

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
  const document = {
    "@context": "http://www.w3.org/ns/csvw",
    url: basename(path),
    tableSchema: { columns },
    notes: [{ ...Object.fromEntries(schema.metadata), sha256 }],
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
