/**
 * The tape of the plan as WebAssembly of its own, where the plan is COMPILED: segments with a stage that has
 * `changed`, for the pairs up to byte `end` where one is `varying`, else for the first.
 */
export declare function runLine(cells: usize, changed: i32, varying: i32, end: usize): void;
