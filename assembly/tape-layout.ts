// The memory map of the straight line of a small system from a spec, beside those of `layout.ts` and
// `system-layout.ts`: the words of its plan beyond the common header, compiled by asc and by tsc alike.
// Its cells are columns of a block; those of the plan at FALLBACK are of one pair of rows.

/** Words of the header, by index; those before are of `layout.ts`. */
export const SEGMENTS = 64;
export const SEGMENT_TABLE = 65;
export const CONSTANTS = 66;
export const CONSTANT_TABLE = 67;
/** What the general plan makes of the model: cells to copy; none where the tape makes it itself. */
export const GATHERS = 68;
export const GATHER_TABLE = 69;
/** lim D(ω), ω → 0, of each bath; −1 where no equation has it. */
export const LIMIT_CELLS = 70;
/** Place of each level in ascending energy. */
export const RANK_CELLS = 71;
/** Columns of masks: lanes accepted, with a negative population, against the second law. */
export const ACCEPTED = 72;
export const NEGATIVE = 73;
export const BROKEN = 74;
/** Columns of the populations by level, of the parts of ρ_pp′, p < p′ (−1: 0), of currents and residual. */
export const LEVEL_TABLE = 75;
export const COHERENCE_TABLE = 76;
export const CURRENT_TABLE = 77;
/** Whether the import `runLine` is this tape, compiled; else it is interpreted. */
export const COMPILED = 78;
/** Cells of the twin behind its columns: where those of the general plan start. */
export const GENERAL_CELLS = 79;
/** The columns that no operation makes. */
export const LEAVES = 80;
export const LEAF_TABLE = 81;
export const TAPE_HEADER_WORDS = 82;

/**
 * Pairs of rows of a block, an odd number of cache lines: a pair's cells, one from each column, would meet
 * in few of the cache's sets if columns were a power of two apart.
 */
export const LINE_BLOCK = 44;

/** Words an entry of each table has. */
export const GATHER_WORDS = 2; // cell, column
export const SEGMENT_WORDS = 2; // its stages; operations that follow
export const LEAF_WORDS = 2; // column, its stages, none for a constant
export const OPERATION_WORDS = 7; // operation, column of the result, of five operands

/** Stages as bits: a row's own, always new; the model; bath b, shifted by b; that but for its T, by baths + b. */
export const EACH_ROW = 1;
export const MODEL_STAGE = 2;
export const BATH_STAGE = 4;
/** A plan with more has no straight line. */
export const MOST_BATHS = 14;

/** Operations, on operands a, b, c, d, e. Each has the roundings of the formula it is written as. */
export const ADD = 0;
export const SUBTRACT = 1;
export const MULTIPLY = 2;
export const DIVIDE = 3;
/** c + a b, c − a b. */
export const MULTIPLY_ADD = 4;
export const MULTIPLY_SUBTRACT = 5;
/** c d + a b, (e + c d) + a b. */
export const ADD_PRODUCTS = 6;
export const ADD_TWO_PRODUCTS = 7;
export const NEGATE = 8;
export const ABSOLUTE = 9;
/** a + |b|. */
export const ADD_ABSOLUTE = 10;
export const LARGER = 11;
/** The larger of a and |b|. */
export const LARGER_ABSOLUTE = 12;
export const SMALLER = 13;
/** The masks of lanes with a > b, with a > |b|. */
export const GREATER = 14;
export const GREATER_ABSOLUTE = 15;
/** The lanes of mask c with a > b. */
export const BOTH_GREATER = 16;
/** The lanes of two masks. */
export const BOTH = 17;
/** b in the lanes of mask a, else 0. */
export const KEEP = 18;
/** b in the lanes of mask a, else c. */
export const SELECT = 19;
export const SQUARE_ROOT = 20;
