/** 2^exponent at index exponent + 1022, for the normal doubles. */
const powersOfTwo = new Float64Array(2046);
powersOfTwo[1022] = 1;
for (let i = 1023; i < 2046; i++) powersOfTwo[i] = powersOfTwo[i - 1] * 2;
for (let i = 1021; i >= 0; i--) powersOfTwo[i] = powersOfTwo[i + 1] / 2;

/** x × 2^exponent, rounded once unless x × 2^(exponent/2) is subnormal; exponent from −2044 to 2046. */
export function scale(x: number, exponent: number): number {
  const half = exponent >> 1;
  return x * powersOfTwo[half + 1022] * powersOfTwo[exponent - half + 1022];
}

/** x = fraction × 2^exponent with 1 ≤ fraction < 2; x > 0 and finite. */
export function split(x: number): { fraction: number; exponent: number } {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, x);
  const biased = bits.getUint32(0) >>> 20;
  if (biased === 0) {
    const { fraction, exponent } = split(scale(x, 64));
    return { fraction, exponent: exponent - 64 };
  }
  const exponent = biased - 1023;
  return { fraction: scale(x, -exponent), exponent };
}
