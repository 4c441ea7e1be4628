const units = ["bytes", "kB", "MB", "GB", "TB"];

/** A count with thousands apart: `1,000,000`. */
export function countText(count: number): string {
  return count.toLocaleString("en-US", { maximumFractionDigits: 0 });
}

/** A size in decimal units: `72.1 MB`. */
export function sizeText(bytes: number): string {
  let unit = 0;
  let size = bytes;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  return `${unit === 0 ? Math.round(size) : size.toPrecision(3)} ${units[unit]}`;
}
