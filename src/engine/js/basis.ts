import * as common from "../../../assembly/layout.ts";
import * as layout from "../../../assembly/system-layout.ts";
import { diagonalise } from "../../math/eigen.ts";

/** First word of basis number k's record. */
export function basisOf(words: Int32Array, k: number): number {
  return words[layout.BASIS_TABLE] + layout.BASIS_WORDS * k;
}

/** Energies and states of one Hamiltonian, block by block: levels of different blocks never mix. */
function diagonaliseBlocks(words: Int32Array, cells: Float64Array, basis: number): void {
  const levels = words[common.LEVELS];
  const matrix = words[basis];
  const energies = words[basis + 1];
  const vectors = words[basis + 2];
  let block = words[basis + 4];
  const work = words[layout.WORK_CELLS];
  for (let k = 0; k < words[basis + 3]; k++) {
    const m = words[block];
    const rotations = work + common.COMPLEX * m * m;
    for (let a = 0; a < m; a++) {
      const i = words[block + 1 + a];
      for (let b = 0; b < m; b++) {
        const from = matrix + common.COMPLEX * (levels * i + words[block + 1 + b]);
        const to = work + common.COMPLEX * (m * a + b);
        cells[to] = cells[from];
        cells[to + 1] = cells[from + 1];
      }
    }
    diagonalise(cells, work, rotations, m);
    for (let a = 0; a < m; a++) {
      const i = words[block + 1 + a];
      cells[energies + i] = cells[work + common.COMPLEX * (m + 1) * a];
      for (let b = 0; b < m; b++) {
        const to = vectors + common.COMPLEX * (levels * i + words[block + 1 + b]);
        const from = rotations + common.COMPLEX * (m * a + b);
        cells[to] = cells[from];
        cells[to + 1] = cells[from + 1];
      }
    }
    block += 1 + m;
  }
}

/** V† O V of one operator, where the plan says an element can be; its largest |re|, |im| beside it. */
function project(words: Int32Array, cells: Float64Array, record: number): void {
  const levels = words[common.LEVELS];
  const half = words[layout.HALF_CELLS];
  const vectors = words[record + layout.VECTORS];
  const blockOf = words[record + layout.LEVEL_BLOCKS];
  const target = words[record + layout.TARGET];
  const adjoint = words[record + layout.ADJOINT];
  cells.fill(0, half, half + common.COMPLEX * levels * levels);
  let at = words[record + layout.ENTRY_TABLE];
  for (let k = 0; k < words[record + layout.ENTRIES]; k++) {
    const i = words[at];
    const j = words[at + 1];
    const re = cells[words[at + 2]];
    const im = cells[words[at + 2] + 1];
    const block = words[blockOf + j];
    for (let b = 1; b <= words[block]; b++) {
      const q = words[block + b];
      const v = vectors + common.COMPLEX * (levels * j + q);
      const to = half + common.COMPLEX * (levels * i + q);
      cells[to] = cells[to] + (re * cells[v] - im * cells[v + 1]);
      cells[to + 1] = cells[to + 1] + (re * cells[v + 1] + im * cells[v]);
    }
    at += layout.ENTRY_WORDS;
  }
  let norm = 0;
  at = words[record + layout.ELEMENT_TABLE];
  for (let k = 0; k < words[record + layout.ELEMENTS]; k++) {
    const p = words[at];
    const q = words[at + 1];
    const block = words[blockOf + p];
    let re = 0;
    let im = 0;
    for (let b = 1; b <= words[block]; b++) {
      const i = words[block + b];
      const v = vectors + common.COMPLEX * (levels * i + p);
      const from = half + common.COMPLEX * (levels * i + q);
      re += cells[v] * cells[from] + cells[v + 1] * cells[from + 1];
      im += cells[v] * cells[from + 1] - cells[v + 1] * cells[from];
    }
    if (adjoint < 0 && p === q) im = 0;
    const to = target + common.COMPLEX * (levels * p + q);
    const transposed = (adjoint < 0 ? target : adjoint) + common.COMPLEX * (levels * q + p);
    cells[to] = re;
    cells[to + 1] = im;
    if (adjoint >= 0 || p !== q) {
      cells[transposed] = re;
      cells[transposed + 1] = -im;
    }
    const size = Math.abs(re) < Math.abs(im) ? Math.abs(im) : Math.abs(re);
    norm = norm < size ? size : norm;
    at += layout.ELEMENT_WORDS;
  }
  cells[words[record + layout.NORM]] = norm;
}

/** Whether Hamiltonian and couplings are numbers the kernels can work with. */
function checkElements(words: Int32Array, cells: Float64Array): boolean {
  const first = words[layout.SUM_CELLS];
  for (let k = 0; k < words[layout.SUM_COUNT]; k++) {
    if (!(Math.abs(cells[first + k]) <= common.LARGEST)) return false;
  }
  return true;
}

/** Width of a basis's spectrum. */
export function spectrumWidth(words: Int32Array, cells: Float64Array, basis: number): number {
  const energies = words[basis + 1];
  let low = cells[energies];
  let high = low;
  for (let p = 1; p < words[common.LEVELS]; p++) {
    const energy = cells[energies + p];
    low = energy < low ? energy : low;
    high = high < energy ? energy : high;
  }
  return high - low;
}

/** Bases and operators of a row, from its coefficients; false outside the domain. */
export function prepareBasis(words: Int32Array, cells: Float64Array): boolean {
  if (!checkElements(words, cells)) return false;
  for (let k = 0; k < words[layout.BASES]; k++) {
    diagonaliseBlocks(words, cells, basisOf(words, k));
    const width = spectrumWidth(words, cells, basisOf(words, k));
    if (width !== 0 && !(width >= common.SMALLEST && width <= common.LARGEST)) return false;
  }
  let record = words[layout.PROJECTION_TABLE];
  for (let k = 0; k < words[layout.PROJECTIONS]; k++) {
    project(words, cells, record);
    record += layout.PROJECTION_WORDS;
  }
  if (words[layout.BASES] > 1) turnHamiltonian(words, cells);
  return true;
}

/** i H from H in the dissipator's basis. */
function turnHamiltonian(words: Int32Array, cells: Float64Array): void {
  const levels = words[common.LEVELS];
  const h = words[layout.COMMUTATOR_CELLS];
  const turned = words[layout.TURNED_CELLS];
  for (let k = 0; k < common.COMPLEX * levels * levels; k += common.COMPLEX) {
    cells[turned + k] = -cells[h + k + 1];
    cells[turned + k + 1] = cells[h + k];
  }
}
