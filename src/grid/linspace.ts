/**
 * `count` evenly spaced values with both ends, bit for bit those of NumPy's `linspace` (2.x,
 * `numpy/_core/function_base.py`): its order of operations, and its own branch where the step
 * underflows.
 */
export function linspace(from: number, to: number, count: number): (i: number) => number {
  const last = count - 1;
  if (last === 0) return () => from;
  const delta = to - from;
  const step = delta / last;
  if (step === 0) return (i) => (i === last ? to : (i / last) * delta + from);
  return (i) => (i === last ? to : i * step + from);
}
