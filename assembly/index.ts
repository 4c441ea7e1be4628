export { evaluate } from "./evaluate";
export { factorise, solve, solveTransposed } from "./lu";
