// The memory map, compiled by asc and by tsc alike. `assembly/README.md` draws it.
//
// A plan is a table of i32 words. Words 0 … HEADER_WORDS − 1 are below; the rest are the tables
// whose first word the header names.

/** Words of the header, by index. */
export const MODEL = 0;
export const SOLVER = 1;
export const LEVELS = 2;
export const BATHS = 3;
export const FREQUENCIES = 4;
export const ELEMENTS = 5;
/** Parameters of the system; those of the baths follow them, BATH_PARAMETERS a bath. */
export const MODEL_PARAMETERS = 6;
export const UNKNOWNS = 7;
export const COHERENCES = 8;
export const RATES = 9;
export const TERMS = 10;
export const CURRENT_TERMS = 11;
export const DETUNINGS = 12;
export const RESULTS = 13;
/** First words of the tables. */
export const SPECTRUM_TABLE = 14;
export const RATE_TABLE = 15;
export const TERM_TABLE = 16;
export const CURRENT_TABLE = 17;
export const DETUNING_TABLE = 18;
export const COHERENCE_TABLE = 19;
export const SOURCE_TABLE = 20;
export const SINK_TABLE = 21;
/** Byte offset of the status column in a slot. */
export const STATUS_OFFSET = 22;
/** First cells of the scratch regions. A cell holds one double a lane. */
export const PARAMETER_CELLS = 23;
export const ENERGY_CELLS = 24;
export const FREQUENCY_CELLS = 25;
export const ELEMENT_CELLS = 26;
export const BATH_CELLS = 27;
export const OCCUPATION_CELLS = 28;
export const RATE_CELLS = 29;
export const MATRIX_CELLS = 30;
export const FACTOR_CELLS = 31;
export const PIVOT_CELLS = 32;
export const SOLUTION_CELLS = 33;
export const CURRENT_CELLS = 34;
export const RESULT_CELLS = 35;
export const TRANSITION_CELLS = 36;
/** 1 where a row with g_A ≠ g_B is outside the domain. */
export const IDENTICAL_BATHS = 37;
/** Factor of each equation that brought its row to the size of 1. */
export const SCALE_CELLS = 38;
export const RESIDUAL_CELLS = 39;
export const CORRECTION_CELLS = 40;
/** What the rates lost to rounding. */
export const RATE_TAIL_CELLS = 41;
/** Whether the model's parameters, each bath's T, each bath's others lie inside their domains. */
export const INSIDE_CELLS = 42;
/** Pairs of rows worked on as one block: BLOCK, 1 for the LU. */
export const BLOCK_PAIRS = 43;
/** Whether the model's parameters, each bath's, each bath's but T vary within the block: an address mask. */
export const VARIES_CELLS = 44;
/** The mask of lanes whose steady state is unique. */
export const UNIQUE_CELLS = 45;
/** The mask of lanes without results. */
export const FAILED_CELLS = 46;
/** What the numeric pair's loops leave to each other, WORK_SIZE cells. */
export const WORK_CELLS = 47;
/**
 * Results that follow those of RESULTS where an error bar or the condition is asked for, else 0: the
 * condition, then an error bar for each result but the residual.
 */
export const BARS = 48;
/** First cells of the scratch the error bars need. */
export const SOURCE_ERROR_CELLS = 49;
export const UNCERTAINTY_CELLS = 50;
export const SOURCE_CELLS = 51;
export const SENSITIVITY_CELLS = 52;
export const EQUATION_CELLS = 53;
export const FUNCTIONAL_CELLS = 54;
export const ADJOINT_CELLS = 55;
export const COLUMN_CELLS = 56;
export const FLOW_CELLS = 57;
export const BOUND_CELLS = 58;
export const SPREAD_CELLS = 59;
/** What the numeric pair needs of its operators, PAIR_SIZE cells; status bits found by the solver. */
export const PAIR_CELLS = 60;
export const BITS_CELLS = 61;
/** The equation of the numeric pair. */
export const PAIR_FORM = 62;
/** Word at which the plan of the pivoted LU starts that takes the rows this one does not accept; 0: none. */
export const FALLBACK = 63;
export const HEADER_WORDS = 64;

/** Words an entry of each table has. */
export const SPECTRUM_WORDS = 1; // spectrum
export const RATE_WORDS = 3; // cell of a, cell of b, cell of the correlation
export const TERM_WORDS = 5; // cells of the matrix entry, the rate, the unknown, the residual; twice the weight
export const CURRENT_WORDS = 5; // bath, cell of the energy, cell of the rate, cell of the unknown, twice the weight
export const DETUNING_WORDS = 5; // cells of the diagonal entry, of E_p and E_p′, the unknown, the residual
export const COHERENCE_WORDS = 1; // cell of the unknown, or −1 where it vanishes
export const SOURCE_WORDS = 2; // byte offset in the slot, byte stride: 8 a column, 0 a constant
export const SINK_WORDS = 2; // byte offset in the slot, byte stride: 8 a column, 0 not asked for

/** Values of MODEL. */
export const MODEL_QUBIT = 0;
export const MODEL_QUBIT_PAIR = 1;
/** Energies, frequencies and elements are parameters themselves. */
export const MODEL_LEVELS = 2;
/** A system from a spec: the rest of its plan is of `system-layout.ts`. */
export const MODEL_SYSTEM = 3;

/** Values of SOLVER. */
export const SOLVER_LU = 0;
export const SOLVER_QUBIT = 1;
export const SOLVER_PAIR_LINDBLAD = 2;
export const SOLVER_PAIR_APPENDIX = 3;
export const SOLVER_PAIR_NUMERIC = 4;
/** The straight line of a system from a spec: the rest of its plan is of `tape-layout.ts`. */
export const SOLVER_TAPE = 5;

/** Values of PAIR_FORM: (2.17), (2.13) in the standard form, (2.13) as printed. */
export const FORM_SECULAR = 0;
export const FORM_STANDARD = 1;
export const FORM_PRINTED = 2;

/** Values of a spectrum. */
export const SPECTRUM_FLAT = 0;
export const SPECTRUM_POWER = 1;
export const SPECTRUM_DRUDE = 2;

/** Parameters of a bath, in this order. Those its spectrum lacks read a constant 0. */
export const TEMPERATURE = 0;
export const STRENGTH = 1;
export const EXPONENT = 2;
export const CUTOFF = 3;
export const BATH_PARAMETERS = 4;

/** Cells of a frequency: ω, and ω log₂e = HEAD + TAIL to twice double precision, HEAD of 26 bits. */
export const FREQUENCY_SIZE = 3;
/** Cells of a bath: 1/T, and 1/T = HEAD + TAIL likewise. */
export const BATH_SIZE = 3;
/** Offsets in the two. */
export const VALUE = 0;
export const HEAD = 1;
export const TAIL = 2;
/**
 * Cells of an occupation: C exp(−ω/T) and C (1 − exp(−ω/T)), the factor C itself, of 2.3 to 3.4, g(ω),
 * and the correlations D¹²(ω) = g (1 + n), D²¹(−ω) = g n that (3.6), (3.7) make of them.
 */
export const OCCUPATION_SIZE = 6;
export const BOLTZMANN = 0;
export const COMPLEMENT = 1;
export const FACTOR = 2;
export const COUPLING = 3;
export const EMISSION = 4;
export const ABSORPTION = 5;
/** In a closed form, in place of the correlations: g(ω) times the transition's weight, ω times that. */
export const DRIVE = 4;
export const POWER = 5;
/** What the numeric pair has in place of D¹²: D¹² + D²¹. */
export const BOTH = EMISSION;

/** Cells of a driven transition, after all of which comes the bias of the baths: shares of its upper and its lower level, current from A, all rates. */
export const TRANSITION_SIZE = 4;
/** Cells of the bias: itself, and the smallest of its magnitudes in the block. */
export const BIAS_SIZE = 2;
export const LEAST = 1;
export const UPPER = 0;
export const LOWER = 1;
export const CURRENT = 2;
export const TOTAL = 3;

/** Cells of the numeric pair: α², β², αβ (0 in the secular form), 2h = 2(ω₊ − ω₋), its square, ω₊, ω₋. */
export const PAIR_SIZE = 7;
export const ALPHA_SQUARE = 0;
export const BETA_SQUARE = 1;
export const MIXING = 2;
export const SPLITTING = 3;
export const SPLITTING_SQUARE = 4;
export const OMEGA_PLUS = 5;
export const OMEGA_MINUS = 6;

export const WORK_SIZE = 10;
/** Place of the residual among a pair's results. */
export const PAIR_RESIDUAL = 8;
/** Beside status bits: the row is one for the pivoted LU. */
export const REJECTED = 64;

/** Cells of a complex number. */
export const COMPLEX = 2;
/** Cells of a current: its value, Σ|terms|. */
export const CURRENT_SIZE = 2;

/** Pairs of rows of a block where their scratch fits the first-level cache. */
export const BLOCK = 48;
/** Bytes of a cell in the wasm's memory: two lanes. */
export const CELL_BYTES = 16;

/** Cells of a complex sum to twice double precision: real part, its tail, imaginary part, its tail. */
export const SUM_SIZE = 4;

/** Cells of a source of error, an occupation: the relative error of D¹², and what underflow took from it. */
export const SOURCE_SIZE = 2;
export const RELATIVE = 0;
export const LOST = 1;
/** Cells of a rate's uncertainty: all of it, and what its own sources do not explain. */
export const UNCERTAINTY_SIZE = 2;
export const OWN = 1;
/** Cells of an equation's residual: real and imaginary part, what they are known to. */
export const EQUATION_SIZE = 3;
/**
 * Cells of a column of yᵀM − cᵀ: real and imaginary part, the magnitude of what was summed, what the
 * rates' uncertainty makes of it.
 */
export const COLUMN_SIZE = 4;
/** Cells of an unknown's error bound: of its real part, its imaginary part, both and their couplings. */
export const BOUND_SIZE = 3;
/** Offsets in the two. */
export const MAGNITUDE = 2;
export const UNCERTAIN = 3;
export const TOTAL_BOUND = 2;

/** Status bits of a row. */
export const OUTSIDE_DOMAIN = 1;
export const SINGULAR = 2;
export const NEGATIVE_POPULATION = 4;
export const SECOND_LAW_BROKEN = 8;
export const RESIDUAL_TOO_LARGE = 16;

/** Magnitudes between which no intermediate result over- or underflows. */
export const SMALLEST = 1e-100;
export const LARGEST = 1e100;
/** Below it, ω/T exceeds 1e190 for every admissible ω: a lower T counts as this one. */
export const COLDEST = 1e-290;
export const LARGEST_EXPONENT = 16.0;

/** 2⁻⁵³, the unit roundoff. */
export const EPSILON = 1.1102230246251565e-16;
/** LAPACK's threshold for a scaled residual. */
export const RESIDUAL_THRESHOLD = 30.0;
/** A current is known to this fraction of the sum of its terms' magnitudes. */
export const CURRENT_TOLERANCE = 1e-13;

/** The right-hand side of the trace row: it reads 2 Σ ρ_nn = 2, so that it holds its column's pivot. */
export const TRACE_SCALE = 2.0;
/** A pivot of the scaled matrix up to this many times n ε is rounding error: the matrix is singular. */
export const SINGULAR_PIVOT = 8.0;
/** With a pivot below it, the solution is refined: it has lost more than four bits. */
export const SMALL_PIVOT = 0.0625;
export const REFINEMENT_STEPS = 2;

/** What the results of a closed form are known to, relative to themselves. */
export const CLOSED_TOLERANCE = 1e-13;
/** Units of ε a matrix element of the pair's operators may be off by, and what underflow adds. */
export const ELEMENT_ULPS = 9.0;
export const ELEMENT_FLOOR = 2.2227587494850775e-162; // 2^-537
/** Units of ε an energy of the pair may be off by. */
export const ENERGY_ULPS = 5.0;
/** Units of ε in D¹² beyond those of g(ω), and in D²¹ beyond those of D¹². */
export const EMISSION_ULPS = 6.0;
export const ABSORPTION_ULPS = 6.0;
/** Units of ε in g(ω): of `drude`; of `power`, in all and for each unit of its exponent. */
export const DRUDE_ULPS = 24.0;
export const POWER_ULPS = 10.0;
export const EXPONENT_ULPS = 8.0;
/** Beyond it exp(−ω/T) is 0 and ω/T does not matter. */
export const LARGEST_RATIO = 750.0;
/** Some units of the smallest double: what an underflow may cost. */
export const UNDERFLOW = 1.265e-321; // 2^-1066
/** 2^-1022, the smallest normal double. */
export const SMALLEST_NORMAL = 2.2250738585072014e-308;
/** What the bars' own rounding may cost them. */
export const BAR_SLACK = 1.0078125;
/**
 * What the straight-line solver of the pair takes: rows whose determinant keeps this share of its
 * terms' magnitudes,
 */
export const LEAST_KEPT = 0.125;
/** in which no transition is left with less than this share of what the coherence may move in it, */
export const LEAST_SHARE = 0.00390625; // 2⁻⁸
/** whose coherence is a sum of terms no larger than this, */
export const LARGEST_COHERENCE = 8.0;
/** and whose rates lie within this factor and have fourth powers. */
export const RATE_SPREAD = 9.5367431640625e-7; // 2⁻²⁰
export const SMALLEST_RATE = 1e-70;
