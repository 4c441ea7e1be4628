export { evaluate } from "./evaluate";
export { factorise, solve } from "./lu";
