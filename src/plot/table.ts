/** An axis of the grid that a table's rows run over. */
export interface TableAxis {
  /** Columns that move together along it. */
  readonly names: readonly string[];
  /** Whether its steps are even on a logarithmic scale. */
  readonly log: boolean;
  /** Whether its values come in no order, drawn at random or from a design. */
  readonly scattered: boolean;
}

/** What is known of a column but its values. */
export interface TableField {
  readonly name: string;
  readonly unit?: string | undefined;
  readonly description?: string | undefined;
}

/** Columns of numbers, of one length. */
export interface Table {
  readonly name: string;
  readonly rows: number;
  readonly columns: ReadonlyMap<string, Float64Array>;
  readonly fields: readonly TableField[];
  /** Slowest first; empty where nothing is known of a grid. */
  readonly axes: readonly TableAxis[];
}

/** The values of a column that has been read. */
export function columnOf(table: Table, name: string): Float64Array {
  const column = table.columns.get(name);
  if (!column) throw new Error(`column ${name} has not been read`);
  return column;
}

/** What is known of the columns of these names, in their order. */
export function fieldsOf(table: Table, names: readonly string[]): TableField[] {
  return names.flatMap((name) => table.fields.filter((field) => field.name === name));
}

/** Different values in ascending order; a NaN is none. */
export function distinctValues(values: Iterable<number>): Float64Array {
  const found = new Set(values);
  found.delete(NaN);
  return Float64Array.from(found).toSorted();
}
