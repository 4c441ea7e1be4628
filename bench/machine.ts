import { cpus } from "node:os";

/** What a table of figures must say about where and when it was made. */
export function machineLines(): string {
  return `- machine: ${cpus()[0].model}, ${cpus().length} cores
- Node ${process.version}, V8 ${process.versions.v8}, ${process.platform} ${process.arch}
- date: ${new Date().toISOString().slice(0, 10)}`;
}
