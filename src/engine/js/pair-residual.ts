import * as layout from "../../../assembly/layout.ts";

/**
 * The residual of (2.3), that of the populations' equations in units of all rates S, that of the
 * coherence's in units of its S/2 + h, that of the trace as it is.
 */
export function fillResidual(words: Int32Array, cells: Float64Array): void {
  const printed = words[layout.PAIR_FORM] === layout.FORM_PRINTED;
  const e = words[layout.PAIR_CELLS];
  const a1 = words[layout.OCCUPATION_CELLS];
  const a2 = a1 + layout.OCCUPATION_SIZE;
  const b1 = a2 + layout.OCCUPATION_SIZE;
  const b2 = b1 + layout.OCCUPATION_SIZE;
  const alpha = cells[e + layout.ALPHA_SQUARE];
  const beta = cells[e + layout.BETA_SQUARE];
  const upA1 = cells[a1 + layout.ABSORPTION];
  const upA2 = cells[a2 + layout.ABSORPTION];
  const upB1 = cells[b1 + layout.ABSORPTION];
  const upB2 = cells[b2 + layout.ABSORPTION];
  const downA1 = cells[a1 + layout.BOTH] - upA1;
  const downA2 = cells[a2 + layout.BOTH] - upA2;
  const downB1 = cells[b1 + layout.BOTH] - upB1;
  const downB2 = cells[b2 + layout.BOTH] - upB2;
  const s1 = alpha * downA1 + beta * downB1;
  const s2 = beta * downA2 + alpha * downB2;
  const s3 = alpha * upA1 + beta * upB1;
  const s4 = beta * upA2 + alpha * upB2;
  const k = 0.5 * cells[e + layout.MIXING];
  const u1 = k * (downA1 - downB1);
  const u2 = k * (downA2 - downB2);
  const u3 = k * (upA1 - upB1);
  const u4 = k * (upA2 - upB2);
  const u = u1 + u2;
  const v = u3 + u4;
  const outer = u1 - u4;
  const inner = u2 - u3;
  const p = printed ? inner : outer;
  const q = printed ? outer : inner;
  const h = 0.5 * cells[e + layout.SPLITTING];
  const x = words[layout.RESULT_CELLS];
  const x1 = cells[x];
  const x2 = cells[x + 1];
  const x3 = cells[x + 2];
  const x4 = cells[x + 3];
  const re = cells[x + 4];
  const im = cells[x + 5];
  const twice = re + re;
  const all = s1 + s2 + (s3 + s4);
  const width = 0.5 * all;
  const row2 = s4 * x1 + s1 * x4 - (s2 + s3) * x2 + twice * p;
  const row3 = s3 * x1 + s2 * x4 - (s1 + s4) * x3 + twice * q;
  const row4 = s3 * x2 + s4 * x3 - (s1 + s2) * x4 + twice * v;
  const drive = u * x4 - v * x1 + (q * x2 + p * x3);
  const rowRe = drive - width * re - h * im;
  const rowIm = h * re - width * im;
  const trace = Math.abs(x1 + x2 + (x3 + x4) - 1);
  const populations = larger(larger(Math.abs(row2), Math.abs(row3)), Math.abs(row4));
  const coherence = (Math.abs(rowRe) + Math.abs(rowIm)) / (width + h);
  cells[x + layout.PAIR_RESIDUAL] = larger(larger(trace, populations / all), coherence);
}

/** a < b ? b : a */
function larger(a: number, b: number): number {
  return a < b ? b : a;
}
