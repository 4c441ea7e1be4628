/**
 * A table of a flatbuffer, read with care: every access is checked against the end of the bytes (a
 * DataView throws a RangeError) and nothing loops over a length that is not. apache-arrow's own reader
 * trusts lengths, and one damaged byte makes it loop for minutes.
 */
export class FlatTable {
  readonly #view: DataView;
  readonly #position: number;

  constructor(view: DataView, position: number) {
    this.#view = view;
    this.#position = position;
  }

  /** The root table of a flatbuffer. */
  static root(bytes: Uint8Array): FlatTable {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return new FlatTable(view, view.getUint32(0, true));
  }

  uint8(field: number): number {
    const place = this.#place(field);
    return place === 0 ? 0 : this.#view.getUint8(place);
  }

  int16(field: number): number {
    const place = this.#place(field);
    return place === 0 ? 0 : this.#view.getInt16(place, true);
  }

  int32(field: number): number {
    const place = this.#place(field);
    return place === 0 ? 0 : this.#view.getInt32(place, true);
  }

  /** A 64-bit count or offset. */
  size(field: number): number {
    const place = this.#place(field);
    return place === 0 ? 0 : sizeAt(this.#view, place);
  }

  table(field: number): FlatTable | undefined {
    const place = this.#place(field);
    return place === 0 ? undefined : new FlatTable(this.#view, this.#follow(place));
  }

  text(field: number): string {
    const place = this.#place(field);
    if (place === 0) return "";
    const { start, length } = this.#vector(place, 1);
    return Buffer.from(this.#view.buffer, this.#view.byteOffset + start, length).toString();
  }

  tables(field: number): readonly FlatTable[] {
    const place = this.#place(field);
    if (place === 0) return [];
    const { start, length } = this.#vector(place, 4);
    return Array.from({ length }, (_, k) => new FlatTable(this.#view, this.#follow(start + 4 * k)));
  }

  /** A vector of structs of `stride` bytes, each as a view of its own. */
  structs(field: number, stride: number): readonly DataView[] {
    const place = this.#place(field);
    if (place === 0) return [];
    const { start, length } = this.#vector(place, stride);
    const { buffer, byteOffset } = this.#view;
    return Array.from(
      { length },
      (_, k) => new DataView(buffer, byteOffset + start + stride * k, stride),
    );
  }

  /** Where a field stands, 0 if it is not there: the vtable says how far from the table's start. */
  #place(field: number): number {
    const vtable = this.#position - this.#view.getInt32(this.#position, true);
    const entry = 4 + 2 * field;
    if (entry >= this.#view.getUint16(vtable, true)) return 0;
    const offset = this.#view.getUint16(vtable + entry, true);
    return offset === 0 ? 0 : this.#position + offset;
  }

  #follow(place: number): number {
    return place + this.#view.getUint32(place, true);
  }

  #vector(place: number, stride: number): { start: number; length: number } {
    const vector = this.#follow(place);
    const length = this.#view.getUint32(vector, true);
    if (vector + 4 + length * stride > this.#view.byteLength) {
      throw new RangeError("a vector leaves the bytes");
    }
    return { start: vector + 4, length };
  }
}

/** A 64-bit count or offset at byte `place`. */
export function sizeAt(view: DataView, place: number): number {
  const value = Number(view.getBigInt64(place, true));
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${value} is no size`);
  return value;
}
