import { createReadStream, type ReadStream } from "node:fs";
import { FileError } from "../arrow/file-error.ts";
import { IpcError } from "../arrow/ipc-error.ts";
import { linesOf } from "../tables/lines.ts";

/** Bytes a line may have; characters a record may have, which line ends within quotes make longer. */
const LONGEST = 2 ** 20;

/** A record of a CSV file and the line it ends on. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * The records of a CSV file (RFC 4180; lines may end with a line feed alone), all that end within a piece
 * of the file at a time. Empty lines are none. `see` is shown every byte.
 *
 * @throws FileError if the system cannot read it; IpcError, with a line, where it is no CSV
 */
export async function* csvRecords(
  path: string,
  see?: (bytes: Uint8Array) => void,
): AsyncGenerator<CsvRecord[], void> {
  const input = createReadStream(path, { highWaterMark: 2 ** 18 });
  // lines of a record whose quotes are not closed yet
  let open: string[] = [];
  let length = 0;
  let lastLine = 0;
  try {
    for await (const lines of linesOf(watched(input, see), LONGEST)) {
      const records: CsvRecord[] = [];
      for (const { number: line, ...read } of lines) {
        lastLine = line;
        if (read.text === undefined) throw wrong(line, read.fault);
        const text = withoutReturn(line === 1 ? withoutMark(read.text) : read.text);
        if (open.length === 0 && !text.includes('"')) {
          if (text !== "") records.push({ line, cells: text.split(",") });
          continue;
        }
        // quotes come in pairs, the doubled ones too: an odd number of them opens or closes
        const turns = quotesIn(text) % 2 === 1;
        const closed = open.length === 0 ? !turns : turns;
        open.push(text);
        length += text.length + 1;
        if (length > LONGEST) throw wrong(line, `a record of more than ${LONGEST} characters`);
        if (!closed) continue;
        records.push({ line, cells: quotedCells(open.join("\n"), line) });
        open = [];
        length = 0;
      }
      yield records;
    }
  } catch (error) {
    if (error instanceof IpcError) throw error.at(path);
    throw (error as NodeJS.ErrnoException).syscall ? new FileError(`read ${path}`, error) : error;
  }
  if (open.length > 0) throw wrong(lastLine, "a quote is not closed").at(path);
}

async function* watched(input: ReadStream, see: ((bytes: Uint8Array) => void) | undefined) {
  for await (const bytes of input as AsyncIterable<Buffer>) {
    see?.(bytes);
    yield bytes;
  }
}

function quotesIn(text: string): number {
  let quotes = 0;
  for (let i = text.indexOf('"'); i >= 0; i = text.indexOf('"', i + 1)) quotes++;
  return quotes;
}

function quotedCells(text: string, line: number): string[] {
  const cell = /(?:"([^"]*(?:""[^"]*)*)"|([^",]*))(,|$)/y;
  const cells: string[] = [];
  for (;;) {
    const found = cell.exec(text);
    if (!found) throw wrong(line, "a quote within a cell");
    const [, quoted, plain, end] = found;
    cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === "") return cells;
  }
}

function withoutReturn(text: string): string {
  return text.endsWith("\r") ? text.slice(0, -1) : text;
}

function withoutMark(text: string): string {
  return text.startsWith("\ufeff") ? text.slice(1) : text;
}

function wrong(line: number, what: string): IpcError {
  return new IpcError("damaged", `line ${line}: ${what}`);
}
