import { bytesOfViews, type ChunkViews } from "../pool/chunk-views.ts";

/** Buffers of a body start at multiples of it. */
const ALIGNMENT = 8;

/** The body of a batch: the columns and the status as they are in memory, each padded. */
export function bodyParts(views: ChunkViews): Uint8Array[] {
  return [...bytesOfViews(views), new Uint8Array(-views.status.byteLength & (ALIGNMENT - 1))];
}

/** Bytes of the body of `rows` rows with so many columns of doubles. */
export function bodyBytes(columns: number, rows: number): number {
  return 8 * columns * rows + roundedUp(rows);
}

/** The next multiple of the alignment. */
export function roundedUp(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}
