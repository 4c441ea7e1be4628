import type { Schema } from "apache-arrow/schema";
import { writeAtomically } from "../arrow/atomic-file.ts";
import { csvMetadata, metadataPath } from "../csv/csv-metadata.ts";

/** Writes the metadata of the CSV file at `path`, whose SHA-256 is `sha256`, beside it. */
export async function writeCsvMetadata(
  path: string,
  schema: Schema,
  sha256: string,
): Promise<void> {
  const metadata = csvMetadata(path, schema, sha256);
  await writeAtomically(metadataPath(path), (output) => output.write([Buffer.from(metadata)]));
}
