import * as common from "../../assembly/layout.ts";
import * as layout from "../../assembly/system-layout.ts";
import type { OperatorSum } from "../systems/operator-sum.ts";
import type { System } from "../systems/system.ts";
import type { PlanWriter } from "./plan-writer.ts";
import {
  blocksOf,
  type Jump,
  type Pair,
  pairsOf,
  productPairs,
  projectedSupport,
  type Support,
  supportOf,
  transposed,
} from "./system-structure.ts";
import type { Entry, OperatorSums } from "./system-sums.ts";

/** A jump Q ρ S† − S† Q ρ + h.c., with S in memory. */
export interface PlacedJump extends Jump {
  readonly source: number;
  readonly kind: number;
}

/** The dissipator's basis, and the operators in it. */
export interface SystemJumps {
  readonly energyCells: number;
  readonly jumps: readonly PlacedJump[];
  /** Elements of the jumps' Q and S, those of all jumps side by side. */
  readonly termCells: number;
  /** Matrix of each bath's coupling, and the size of its largest element. */
  readonly operatorCells: readonly number[];
  readonly norms: readonly number[];
  /** For `local`: the elements that H has in this basis. */
  readonly commutator: readonly Pair[];
}

/** Levels that a Hamiltonian mixes, block by block, and the matrices of its diagonalisation. */
interface Basis {
  readonly blocks: readonly (readonly number[])[];
  readonly energies: number;
  readonly vectors: number;
  readonly byLevel: number;
  readonly record: readonly number[];
}

function placeBasis(of: OperatorSum, n: number, matrixCells: number, writer: PlanWriter): Basis {
  const blocks = blocksOf(supportOf(of, n));
  const energies = writer.reserve(n);
  const vectors = writer.complex(n * n);
  const first = writer.words.length;
  const starts = Array<number>(n).fill(0);
  for (const block of blocks) {
    const start = writer.append([block.length, ...block]);
    for (const p of block) starts[p] = start;
  }
  const byLevel = writer.append(starts);
  const record = [matrixCells, energies, vectors, blocks.length, first, byLevel];
  return { blocks, energies, vectors, byLevel, record };
}

/**
 * The tables that diagonalise a Hamiltonian and bring the operators into its eigenbasis, from which
 * elements they can have: levels that it does not mix stay apart.
 */
export function tabulateJumps(
  { levels: n, hamiltonian, bare, couplings }: System,
  local: boolean,
  sums: OperatorSums,
  writer: PlanWriter,
): SystemJumps {
  const { reserve, complex, append, table, words } = writer;
  const dissipator = placeBasis(local ? bare! : hamiltonian, n, sums.bareCells, writer);
  const full = local ? [placeBasis(hamiltonian, n, sums.hamiltonianCells, writer)] : [];
  const bases = [dissipator, ...full];
  const projections: number[] = [];
  const project = (
    entries: readonly Entry[],
    support: Support,
    target: number,
    adjointCells: number,
  ) => {
    const elements = pairsOf(support).filter(([p, q]) => adjointCells >= 0 || p <= q);
    const norm = reserve(1);
    projections.push(
      entries.length,
      append(entries.flat()),
      elements.length,
      append(elements.flat()),
      target,
      adjointCells,
      dissipator.vectors,
      dissipator.byLevel,
      norm,
    );
    return norm;
  };

  const jumps: PlacedJump[] = [];
  const operatorCells: number[] = [];
  const norms = couplings.map(({ operator, hermitian }, bath) => {
    const support = projectedSupport(supportOf(operator, n), dissipator.blocks);
    const s = complex(n * n);
    operatorCells.push(s);
    const sDagger = hermitian ? -1 : complex(n * n);
    const jump = (q: Support, a: Support, source: number, kind: number) => {
      const [qPairs, aPairs] = [pairsOf(q), pairsOf(a)];
      const aq = productPairs(aPairs, qPairs, n);
      jumps.push({ bath, q: qPairs, a: aPairs, aq, source, kind });
    };
    if (hermitian) jump(support, support, s, layout.HERMITIAN);
    else {
      const adjoint = transposed(support);
      jump(support, adjoint, s, layout.EMITTING);
      jump(adjoint, support, sDagger, layout.ABSORBING);
    }
    return project(sums.couplings[bath], support, s, sDagger);
  });

  const termCells = reserve(layout.TERM_SIZE * n * n * jumps.length);
  words[layout.TERMS] = jumps.length;
  words[layout.TERM_CELLS] = termCells;
  const commutatorCells = local ? complex(n * n) : 0;
  const turnedCells = local ? complex(n * n) : 0;
  let commutator: readonly Pair[] = [];
  if (local) {
    const support = supportOf(hamiltonian, n);
    const projected = projectedSupport(support, dissipator.blocks);
    commutator = pairsOf(projected);
    const entries = pairsOf(support).map(
      ([i, j]) => [i, j, sums.hamiltonianCells + common.COMPLEX * (n * i + j)] as const,
    );
    project(entries, projected, commutatorCells, -1);
  }

  const basisWords = bases.flatMap(({ record }) => record);
  table(layout.BASIS_TABLE, layout.BASIS_WORDS, basisWords, layout.BASES);
  table(layout.PROJECTION_TABLE, layout.PROJECTION_WORDS, projections, layout.PROJECTIONS);
  const largestBlock = Math.max(...bases.flatMap(({ blocks }) => blocks.map((b) => b.length)));
  words[layout.WORK_CELLS] = complex(2 * largestBlock * largestBlock);
  words[layout.HALF_CELLS] = complex(n * n);
  words[layout.OVERLAP_CELLS] = local ? complex(n * n) : 0;
  words[layout.COMMUTATOR_CELLS] = commutatorCells;
  words[layout.TURNED_CELLS] = turnedCells;
  const { energies: energyCells } = dissipator;
  return { energyCells, jumps, termCells, operatorCells, norms, commutator };
}
