import { readIpc } from "../arrow/read-ipc.ts";
import type { Contents } from "./contents.ts";
import { identify } from "./identify.ts";

/**
 * Reads a file of a table from end to end: what it says of itself and, of its columns, the `status` (in
 * pieces, whose memory is used again) if there is one.
 *
 * @throws FileError if the system cannot read it, IpcError if its contents are not right.
 */
export async function readContents(
  path: string,
  seeStatus: (status: Uint8Array) => void,
): Promise<Contents> {
  switch (await identify(path)) {
    case "parquet":
      return (await import("../parquet/read-parquet.ts")).readParquet(path, seeStatus);
    case "csv":
      return (await import("../csv/read-csv.ts")).readCsv(path, seeStatus);
    default:
      return readIpc(path, seeStatus);
  }
}
