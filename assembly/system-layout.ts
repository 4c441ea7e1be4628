// The memory map of a system from a spec, beside that of `layout.ts`: the words of its plan beyond
// the common header, compiled by asc and by tsc alike. Tables hold addresses of cells, so that the
// kernels know nothing of levels, only of numbers to multiply.

/** Words of the header, by index; those before are of `layout.ts`. */
export const CONSTANTS = 64;
export const CONSTANT_TABLE = 65;
export const INSTRUCTIONS = 66;
export const INSTRUCTION_TABLE = 67;
/** Matrix elements as sums of coefficient × constant, and the region of cells they fill. */
export const SUMS = 68;
export const SUM_TABLE = 69;
export const SUM_CELLS = 70;
export const SUM_COUNT = 71;
/** One basis, the dissipator's; for `local` a second, of the full Hamiltonian. */
export const BASES = 72;
export const BASIS_TABLE = 73;
export const PROJECTIONS = 74;
export const PROJECTION_TABLE = 75;
export const EQUATION = 76;
/** Cell of the equation's own number: a tolerance, a cutoff, a width; −1 without one. */
export const NUMBER_CELL = 77;
/** w(q → p) of every pair of levels at N p + q. */
export const LABEL_CELLS = 78;
export const LABEL_TABLE = 79;
/** lim D(ω), ω → 0, of each bath. */
export const LIMIT_CELLS = 80;
export const BATH_TABLE = 81;
/** Pairs of labels whose agreement couples a coherence to the populations. */
export const COUPLERS = 82;
export const COUPLER_TABLE = 83;
/** Largest difference of labels that a term may have. */
export const CUTOFF_CELL = 84;
export const COLUMN_SCALE_CELLS = 85;
export const RIGHT_CELLS = 86;
/** Place of each level in ascending energy. */
export const RANK_CELLS = 87;
/** The unknowns of ρ_pp′, p < p′, in lexicographic order: cell of the real part, or −1. */
export const PAIR_TABLE = 88;
/** Scratch of the diagonalisation: a block and its vectors. */
export const WORK_CELLS = 89;
/** Scratch of a projection, and of the change of basis: N × N complex. */
export const HALF_CELLS = 90;
export const OVERLAP_CELLS = 91;
export const DENSITY_CELLS = 92;
/** For `local`: H and i H in the dissipator's basis, N × N complex. */
export const COMMUTATOR_CELLS = 93;
export const TURNED_CELLS = 94;
/** 1 where Hamiltonian and couplings are real, and so all of the equation but −i [H, ρ]. */
export const REAL = 95;
/** Terms Q ρ S† − S† Q ρ + h.c. of the dissipator, those of a bath one after the other: element by element. */
export const TERMS = 96;
export const TERM_CELLS = 97;
/** For `local`: the currents of the bare Hamiltonian, as those of `layout.CURRENT_CELLS`. */
export const BARE_CURRENT_CELLS = 98;
/** Cells that must be zero before the first row, and how many. */
export const ZERO_CELLS = 99;
export const ZERO_COUNT = 100;
/** Whether a term's operators can have element p, q, at N p + q. */
export const SUPPORT_TABLE = 101;
/** Σ S† Q, and what the coherences and populations bring to one of them: N × N complex. */
export const LOSS_CELLS = 102;
export const GAIN_CELLS = 103;
/** The populations' unknowns, then groups of coherences apart, which must have no steady state of their own. */
export const SECTOR_TABLE = 104;
export const ISLANDS = 105;
export const SYSTEM_HEADER_WORDS = 106;

/** Words an entry of each table has. */
export const CONSTANT_WORDS = 3; // cell, the double's low and high half
export const INSTRUCTION_WORDS = 4; // operation, cell of the result, cells of the operands
export const SUM_WORDS = 4; // cell of the element, of the coefficient, of its factor's parts; −1 for no imaginary one
export const BASIS_WORDS = 6; // cells of the matrix, energies, vectors; blocks, their first word; first word by level
export const PROJECTION_WORDS = 9;
export const ELEMENT_WORDS = 2; // levels p, q
export const ENTRY_WORDS = 3; // levels i, j, cell
export const LABEL_WORDS = 4; // cells of E_p, E_q, w(q → p), w(p → q)
export const RATE_WORDS = 6; // cells of the term's element, of S, of w, of the occupation; of the limit; kind
export const COUPLER_WORDS = 2; // cells of two labels
export const COHERENCE_WORDS = 6; // levels p, q; bytes to elements p, q and q, p of a complex matrix, of flows

/** A projection: entries in the product basis, elements in the eigenbasis. */
export const ENTRIES = 0;
export const ENTRY_TABLE = 1;
export const ELEMENTS = 2;
export const ELEMENT_TABLE = 3;
export const TARGET = 4;
/** −1 for a Hermitian operator, mirrored in place; else where its adjoint goes. */
export const ADJOINT = 5;
export const VECTORS = 6;
export const LEVEL_BLOCKS = 7;
export const NORM = 8;

/** A bath's record. */
export const BATH_WORDS = 6;
export const RATES = 0;
export const RATE_TABLE = 1;
export const RATE_NORM = 2;
/** Its first term, and how many it has. */
export const FIRST_TERM = 3;
export const TERM_COUNT = 4;
/** J of every pair of levels. */
export const FLOW_CELLS = 5;

/** A sector's record: its size in real unknowns, its populations, its coherences. */
export const SECTOR_WORDS = 4;
export const SECTOR_SIZE = 0;
export const SECTOR_LEVELS = 1;
export const COHERENCES = 2;
export const COHERENCE_TABLE = 3;

/** Cells of a term's element: ½ D, S_pq, Q_pq. */
export const TERM_SIZE = 5;
export const HALF_CORRELATION = 0;
export const COUPLING = 1;
export const RATE = 3;
/** Cells of a flow: J_pq, Σ|terms| of it. */
export const FLOW_SIZE = 3;

/** Values of EQUATION: which terms are kept, by the labels of their two transitions. */
export const KEEP_ALL = 0;
export const KEEP_RELATIVE = 1;
export const KEEP_ABSOLUTE = 2;
export const KEEP_CLUSTERS = 3;

/** Kinds of a rate: X ⊗ (B + B†), S† ⊗ B, S ⊗ B†. */
export const HERMITIAN = 0;
export const EMITTING = 1;
export const ABSORBING = 2;

/** Operations of an instruction. */
export const ADD = 0;
export const MULTIPLY = 1;
export const DIVIDE = 2;
export const SQRT = 3;
export const EXP = 4;
export const COS = 5;
export const SIN = 6;

/** Angles beyond are refused: their reduction would lose digits. */
export const LARGEST_ANGLE = 1048576.0;
/** Differences of energies up to this fraction of the spectrum's width are 0: rounding has made them. */
export const DEGENERATE = 5.684341886080802e-14; // 2⁻⁴⁴
/** An operator's element below this fraction of its largest is rounding error. */
export const NEGLIGIBLE = 1e-14;
/** A rotation below it changes nothing. */
export const SMALLEST_ROTATION = 6.938893903907228e-18; // 2⁻⁵⁷
export const MOST_SWEEPS = 40;
/** A pivot of the scaled matrix up to this many times n ε is rounding error: the matrix is singular. */
export const SINGULAR = 32.0;
/** A population above −this is not negative but rounded. */
export const ROUNDED_POPULATION = 1e-13;
