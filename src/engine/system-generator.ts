import * as common from "../../assembly/layout.ts";
import * as layout from "../../assembly/system-layout.ts";
import type { PlanWriter } from "./plan-writer.ts";
import type { SystemFrequencies } from "./system-frequencies.ts";
import type { PlacedJump, SystemJumps } from "./system-jumps.ts";
import type { Sector } from "./system-sector.ts";

/** What the tables of the equation of motion are made of. */
export interface GeneratorInput {
  readonly levels: number;
  readonly baths: number;
  readonly jumps: SystemJumps;
  readonly frequencies: SystemFrequencies;
  /** The populations and what couples to them, and the groups of coherences apart from them. */
  readonly main: Sector;
  readonly islands: readonly Sector[];
}

/** The terms of the dissipator, and the unknowns of each sector. */
export function tabulateGenerator(input: GeneratorInput, writer: PlanWriter): void {
  const { levels: n, main, islands } = input;
  const { jumps } = input.jumps;
  const { words, complex, table } = writer;
  table(layout.SUPPORT_TABLE, 1, supportWords(n, jumps));
  const records = Array.from({ length: input.baths }, (_, b) => bathRecord(input, b, writer));
  table(layout.BATH_TABLE, layout.BATH_WORDS, records.flat());
  table(layout.COUPLER_TABLE, layout.COUPLER_WORDS, couplersOf(input), layout.COUPLERS);
  const sectors = [main, ...islands].flatMap((sector) => sectorRecord(n, sector, writer));
  table(layout.SECTOR_TABLE, layout.SECTOR_WORDS, sectors);
  words[layout.ISLANDS] = islands.length;
  words[layout.LOSS_CELLS] = complex(n * n);
  words[layout.GAIN_CELLS] = complex(n * n);
}

/** Whether a term's operators can have an element, for each pair of levels. */
function supportWords(n: number, jumps: readonly PlacedJump[]): readonly number[] {
  const support = Array<number>(n * n).fill(0);
  for (const [p, q] of jumps.flatMap((jump) => jump.q)) support[n * p + q] = 1;
  return support;
}

/** The words of one bath: counts and tables of `system-layout.ts`. */
function bathRecord(
  { levels: n, jumps: { jumps, termCells, norms }, frequencies }: GeneratorInput,
  bath: number,
  { append, reserve }: PlanWriter,
): readonly number[] {
  const { label, occupation, limitCells } = frequencies;
  const own = jumps.filter((jump) => jump.bath === bath);
  const firstTerm = jumps.indexOf(own[0]);
  const rates = own.flatMap(({ q: pairs, source, kind }, k) =>
    pairs.flatMap(([p, q]) => {
      const element = n * p + q;
      const to = termCells + layout.TERM_SIZE * (jumps.length * element + firstTerm + k);
      const from = source + common.COMPLEX * element;
      return [to, from, label(p, q), occupation(bath, p, q), limitCells + bath, kind];
    }),
  );
  return [
    rates.length / layout.RATE_WORDS,
    append(rates),
    norms[bath],
    firstTerm,
    own.length,
    reserve(layout.FLOW_SIZE * n * n),
  ];
}

/** Pairs of labels whose agreement couples a coherence to the populations. */
function couplersOf({
  levels: n,
  jumps: { jumps },
  frequencies: { label },
}: GeneratorInput): readonly number[] {
  const couplers = new Map<number, readonly [number, number]>();
  for (const { q: pairs } of jumps) {
    for (const [l, p] of pairs) {
      for (const [k, q] of pairs) {
        if (k !== l || p >= q) continue;
        couplers.set(n * (n * l + p) + q, [label(l, p), label(l, q)]);
      }
    }
  }
  return [...couplers.values()].flat();
}

/** The words of a sector. */
function sectorRecord(
  n: number,
  { size, coherences }: Sector,
  { append }: PlanWriter,
): readonly number[] {
  const bytes = (each: number, p: number, q: number) => common.CELL_BYTES * each * (n * p + q);
  const levels = size - 2 * coherences.length;
  const entries = coherences.flatMap(([p, q]) => [
    p,
    q,
    bytes(common.COMPLEX, p, q),
    bytes(common.COMPLEX, q, p),
    bytes(layout.FLOW_SIZE, p, q),
    bytes(layout.FLOW_SIZE, q, p),
  ]);
  return [size, levels, coherences.length, append(entries)];
}
