export { copy, spread } from "./columns";
export { diagonalise } from "./eigen";
export { evaluate } from "./evaluate";
export { evaluateSystem } from "./evaluate-system";
export { factorise, solve, solveTransposed } from "./lu";
export { factoriseReal, solveReal } from "./real-lu";
