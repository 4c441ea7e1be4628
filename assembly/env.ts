/**
 * What the model alone decides of the tape of a plan, as WebAssembly of its own, where the plan is COMPILED:
 * for the pairs up to byte `end` where the model is among the stages `varying`, else for the first.
 */
export declare function runModel(cells: usize, varying: i32, end: usize): void;

/** The rest of it likewise: segments with a stage that has `changed`. */
export declare function runLine(cells: usize, changed: i32, varying: i32, end: usize): void;
