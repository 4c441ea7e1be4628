/** Writes `value` to `rows` doubles from byte address `to` on. */
export function spread(to: usize, value: f64, rows: i32): void {
  const last = to + ((<usize>rows) << 3);
  const two = f64x2.splat(value);
  while (to + 64 <= last) {
    v128.store(to, two);
    v128.store(to, two, 16);
    v128.store(to, two, 32);
    v128.store(to, two, 48);
    to += 64;
  }
  for (; to < last; to += 8) store<f64>(to, value);
}

/** Copies `rows` doubles from byte address `from` on to `to`; the two may overlap. */
export function copy(to: usize, from: usize, rows: i32): void {
  memory.copy(to, from, (<usize>rows) << 3);
}
