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
/** For `local`: H and i H in the dissipator's basis, N × N complex, and the table of −i [H, ρ]. */
export const COMMUTATOR_CELLS = 93;
export const TURNED_CELLS = 94;
export const WIDE_COMMUTATORS = 95;
export const WIDE_COMMUTATOR_TABLE = 96;
/** For `local`: the currents of the bare Hamiltonian, as those of `layout.CURRENT_CELLS`. */
export const BARE_CURRENT_CELLS = 97;
/** Cells that must be zero before the first row, and how many. */
export const ZERO_CELLS = 98;
export const ZERO_COUNT = 99;
/** Groups of coherences apart from the populations, which must have no steady state of their own. */
export const ISLANDS = 100;
export const ISLAND_TABLE = 101;
export const SYSTEM_HEADER_WORDS = 102;

/** Words an entry of each table has. */
export const CONSTANT_WORDS = 3; // cell, the double's low and high half
export const INSTRUCTION_WORDS = 4; // operation, cell of the result, cells of the operands
export const SUM_WORDS = 4; // cell of the element, of the coefficient, of its factor's parts; −1 for no imaginary one
export const BASIS_WORDS = 6; // cells of the matrix, energies, vectors; blocks, their first word; first word by level
export const PROJECTION_WORDS = 9;
export const ELEMENT_WORDS = 2; // levels p, q
export const ENTRY_WORDS = 3; // levels i, j, cell
export const LABEL_WORDS = 4; // cells of E_p, E_q, w(q → p), w(p → q)
export const RATE_WORDS = 6; // cells of Q, of the operator's element, of w, of the occupation; of the limit; kind
export const PRODUCT_WORDS = 8; // cells of A_pl, Q_lq, w(q → l), w(p → l), G_pq, J_pq, E_l, E_p
export const NARROW_LOSS_WORDS = 2; // cell of G_pp, place in the matrix
export const WIDE_LOSS_WORDS = 9; // cell of G_pq, four places with their factors
export const NARROW_GAIN_WORDS = 3; // cells of Q and A, place in the matrix
export const GROUP_WORDS = 5; // four places, how many gains follow
export const GAIN_WORDS = 8; // cells of Q, A, of both labels, the factors of Re, Im, Im, Re
export const CURRENT_WORDS = 4; // cells of J_pq, of ρ_qp's real and imaginary part (−1: none), its sign
export const DETUNING_WORDS = 4; // cells of E_p, E_p′, places (re, im) and (im, re)
export const COUPLER_WORDS = 2; // cells of two labels
export const ISLAND_PAIR_WORDS = 2; // cells of E_p, E_q

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
export const BATH_WORDS = 18;
export const RATES = 0;
export const RATE_TABLE = 1;
export const RATE_NORM = 2;
export const NARROW_PRODUCTS = 3;
export const PRODUCTS = 4;
export const PRODUCT_TABLE = 5;
export const FLOW_CELLS = 6;
export const FLOW_COUNT = 7;
export const NARROW_LOSSES = 8;
export const NARROW_LOSS_TABLE = 9;
export const WIDE_LOSSES = 10;
export const WIDE_LOSS_TABLE = 11;
export const NARROW_GAINS = 12;
export const NARROW_GAIN_TABLE = 13;
export const WIDE_GAINS = 14;
export const WIDE_GAIN_TABLE = 15;
export const CURRENTS = 16;
export const CURRENT_TABLE = 17;

/** An island's record: its size in real unknowns, then counts and tables. */
export const ISLAND_WORDS = 9;
export const ISLAND_SIZE = 0;
export const ISLAND_PAIRS = 1;
export const ISLAND_PAIR_TABLE = 2;
export const ISLAND_LOSSES = 3;
export const ISLAND_LOSS_TABLE = 4;
export const ISLAND_GAINS = 5;
export const ISLAND_GAIN_TABLE = 6;
export const ISLAND_DETUNINGS = 7;
export const ISLAND_DETUNING_TABLE = 8;

/** Cells of a flow: G_pq, J_pq (complex), Σ|terms| of J_pq. */
export const FLOW_SIZE = 5;

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
