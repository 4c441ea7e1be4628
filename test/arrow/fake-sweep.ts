import type { Schema } from "apache-arrow";
import { writeAtomically } from "../../src/arrow/atomic-file.ts";
import type { ByteOutput } from "../../src/arrow/byte-output.ts";
import { createEncoder } from "../../src/arrow/encoder.ts";
import type { Compression } from "../../src/compress/compression.ts";
import type { Format } from "../../src/arrow/format.ts";
import { allColumns } from "../../src/models/columns.ts";
import { qubitPair } from "../../src/models/qubit-pair.ts";
import { type Written, writeStream } from "../../src/output/write-stream.ts";
import type { Chunk } from "../../src/pool/run-sweep.ts";
import type { Sweep } from "../../src/spec/sweep.ts";

/** A sweep over `rows` temperatures with a zipped axis of bath numbers before them. */
export function fakeSweep(rows: number): Sweep {
  return {
    model: qubitPair,
    equation: "redfield",
    method: "lu",
    spectra: ["power", "flat"],
    constants: new Map(),
    axes: [
      {
        names: ["cutoff_A", "lambda"],
        count: 1,
        values: [
          { kind: "list", values: [10] },
          { kind: "list", values: [0.5] },
        ],
      },
      {
        names: ["T_A"],
        count: rows,
        values: [{ kind: "linspace", from: 1, to: 2, count: rows }],
      },
    ],
    columns: allColumns(qubitPair),
    rows,
    canonical: '{"model":"qubit-pair"}',
  };
}

/** The value the fake chunks have in a row of a column; some are NaN, −0 and subnormal. */
export function fakeValue(column: number, row: number): number {
  if (row % 7 === 3) return NaN;
  if (row % 7 === 4) return -0;
  if (row % 7 === 5) return 5e-324 * (column + 1);
  return (column + 1) * Math.sqrt(row + 1);
}

export interface FakeChunks extends AsyncIterable<Chunk> {
  /** Chunks that have been released, and whether the generator has ended. */
  readonly log: { released: number; ended: boolean };
}

/**
 * Chunks of a fake sweep, all in one piece of shared memory that is overwritten on release, so that a
 * sink that lets go of it too early writes rubbish.
 */
export function fakeChunks(sweep: Sweep, chunkRows: number): FakeChunks {
  const width = sweep.axes.flatMap((axis) => axis.names).length + sweep.columns.length;
  const memory = new SharedArrayBuffer((width * 8 + 8) * chunkRows);
  const log = { released: 0, ended: false };
  async function* chunks(): AsyncGenerator<Chunk, void> {
    try {
      for (let firstRow = 0; firstRow < sweep.rows; firstRow += chunkRows) {
        const rows = Math.min(chunkRows, sweep.rows - firstRow);
        const columns = Array.from({ length: width }, (_, c) => {
          const column = new Float64Array(memory, c * 8 * chunkRows, rows);
          for (let r = 0; r < rows; r++) column[r] = fakeValue(c, firstRow + r);
          return column;
        });
        const status = new Uint8Array(memory, width * 8 * chunkRows, rows);
        for (let r = 0; r < rows; r++) status[r] = (firstRow + r) % 32;
        const release = () => {
          log.released++;
          new Uint8Array(memory).fill(0xa5);
        };
        yield { firstRow, rows, columns, status, release };
      }
    } finally {
      log.ended = true;
    }
  }
  return { log, [Symbol.asyncIterator]: chunks };
}

/** Writes fake chunks as a stream of `format`. */
export async function writeFake(
  format: Format,
  schema: Schema,
  chunks: AsyncIterable<Chunk>,
  output: ByteOutput,
): Promise<Written> {
  return writeStream(await createEncoder(format, schema), chunks, output);
}

/** Writes fake chunks as a file of `format`. */
export async function fakeFile(
  path: string,
  format: Format,
  schema: Schema,
  chunks: AsyncIterable<Chunk>,
  compress?: Compression,
): Promise<Written> {
  const encoder = await createEncoder(format, schema, compress);
  return writeAtomically(path, (output) => writeStream(encoder, chunks, output));
}
