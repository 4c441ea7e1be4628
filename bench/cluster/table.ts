import { type Measured, mergeSeconds, SHARD_SECONDS, shardsFor, sweepSeconds } from "./model.ts";

const CORES = [1, 8, 1000] as const;

/** What has been measured and what follows from it, as two tables in Markdown. */
export function modelTables(measured: Measured): string {
  const { machine, startSeconds, mergeBytesPerSecond, checkBytesPerSecond, works } = measured;
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB/s`;
  const lines = works.flatMap((work) =>
    [1e9, 1e12].map((rows) => {
      const { name, rowsPerSecond, bytesPerRow } = work;
      const times = CORES.map((cores) =>
        duration(
          sweepSeconds(measured, work, { rows, cores, shards: shardsFor(work, rows, cores) }),
        ),
      );
      const cells = [
        name,
        rows === 1e9 ? "10⁹" : "10¹²",
        size(rows * bytesPerRow),
        shardsFor(work, rows, 1).toLocaleString("en-US"),
        hours(rows / rowsPerSecond),
        ...times,
        duration(mergeSeconds(measured, work, rows)),
      ];
      return `| ${cells.join(" | ")} |`;
    }),
  );
  return `${machine}

| measured on one core | |
| --- | --- |
| start of a shard, from the shell to exit | ${startSeconds.toFixed(2)} s |
${works.map(({ name, rowsPerSecond, bytesPerRow }) => `| ${name} | ${(rowsPerSecond / 1e6).toFixed(2)} million rows/s, ${bytesPerRow.toFixed(0)} bytes a row, ${megabytes(rowsPerSecond * bytesPerRow)} |`).join("\n")}
| merge | ${megabytes(mergeBytesPerSecond)} |
| verify | ${megabytes(checkBytesPerSecond)} |

| work | rows | size | shards of ${SHARD_SECONDS / 60} min | core hours | ${CORES.map((cores) => `${cores.toLocaleString("en-US")} ${cores === 1 ? "core" : "cores"}`).join(" | ")} | merge |
| --- | --- | --- | --- | --- | ${CORES.map(() => "---").join(" | ")} | --- |
${lines.join("\n")}
`;
}

function hours(seconds: number): string {
  return (seconds / 3600).toLocaleString("en-US", { maximumSignificantDigits: 2 });
}

function duration(seconds: number): string {
  const units = [
    [86_400, "days"],
    [3600, "h"],
    [60, "min"],
  ] as const;
  for (const [unit, name] of units) {
    if (seconds >= 1.5 * unit) return `${whole(seconds / unit)} ${name}`;
  }
  return `${whole(seconds)} s`;
}

function whole(value: number): string {
  return value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString("en-US");
}

function size(bytes: number): string {
  return bytes < 1e12 ? `${(bytes / 1e9).toFixed(0)} GB` : `${(bytes / 1e12).toFixed(0)} TB`;
}
