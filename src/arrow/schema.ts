import { Field, Schema } from "apache-arrow/schema";
import { Float64, Uint8 } from "apache-arrow/type";
import { kernelHash } from "../engine/kernel-hash.ts";
import type { RowRange } from "../grid/chunks.ts";
import type { Parameter } from "../models/model.ts";
import { bathParameters } from "../models/spectra.ts";
import { statusBits } from "../models/status.ts";
import type { Sweep } from "../spec/sweep.ts";
import { version } from "./version.ts";

const statusDescription = [
  "0 for a row to trust, else a sum of",
  statusBits.map(({ bit, description }) => `${bit} ${description}`).join(", "),
].join(" ");

/**
 * The schema of a sweep's file: axis columns in spec order, result columns, `status`. It follows from
 * the spec and the build alone, so that the same sweep gives the same bytes anywhere. `qheat.rows` is
 * there because an Arrow stream cut between two batches reads as a complete one. A part of a sweep
 * says how many rows it has itself, and at which row of the sweep it starts.
 */
export function sweepSchema(sweep: Sweep, part?: RowRange): Schema {
  const axes = sweep.axes.flatMap(({ names }) => names.map((name) => parameterOf(sweep, name)));
  const fields = [
    ...axes.map(({ name, unit, description }) => field(name, new Float64(), { unit, description })),
    ...sweep.columns.map(({ name, unit, description, equations }) => {
      const equation = equations[sweep.equation];
      return field(name, new Float64(), { unit, description, ...(equation && { equation }) });
    }),
    field("status", new Uint8(), { unit: "1", description: statusDescription }),
  ];
  return new Schema(
    fields,
    new Map([
      ["qheat.spec", sweep.canonical],
      ["qheat.rows", String(part?.rows ?? sweep.rows)],
      ...(part ? [["qheat.first_row", String(part.firstRow)] as const] : []),
      ["qheat.version", version()],
      ["qheat.kernel", kernelHash()],
    ]),
  );
}

function field(name: string, type: Float64 | Uint8, metadata: Record<string, string>) {
  return new Field(name, type, false, new Map(Object.entries(metadata)));
}

function parameterOf({ model, spectra }: Sweep, name: string): Parameter {
  const parameters = [
    ...model.parameters,
    ...model.baths.flatMap((bath, b) => bathParameters(bath, spectra[b])),
  ];
  const parameter = parameters.find((p) => p.name === name);
  if (!parameter) throw new Error(`${model.name} has no parameter ${name}`);
  return parameter;
}
