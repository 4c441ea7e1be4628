// Preloaded by NODE_OPTIONS=--import: a worker's write now and then writes half and ends the thread.
// Which, stands in MORTAL_WORKERS: every how many writes. A batch that is tried again is let through.
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { isMainThread, threadId } from "node:worker_threads";

if (!isMainThread) {
  const every = Number(process.env["MORTAL_WORKERS"]);
  const write = fs.writevSync;
  let writes = 0;
  fs.writevSync = (fd, parts, position) => {
    if (++writes < every + (threadId % 3)) return write(fd, parts, position);
    write(fd, parts.slice(0, parts.length >> 1), position);
    return process.exit(9);
  };
  syncBuiltinESMExports();
}
