/** One line of input. `text` is undefined and `fault` says why if it is no line of text. */
export type Line =
  | { readonly number: number; readonly text: string }
  | { readonly number: number; readonly text: undefined; readonly fault: string };

const NEWLINE = 10;

/**
 * Splits bytes into lines, all that end within one piece of input at a time. A line longer than `most`
 * bytes is not kept, so that memory is bounded whatever comes in, and is told as soon as it is too long.
 */
export async function* linesOf(
  input: AsyncIterable<Uint8Array>,
  most: number,
): AsyncGenerator<Line[], void> {
  let number = 0;
  let parts: Uint8Array[] = [];
  let length = 0;
  let told = false;

  const add = (part: Uint8Array, lines: Line[]) => {
    length += part.byteLength;
    if (length <= most) parts.push(part);
    else if (!told) {
      parts = [];
      told = true;
      lines.push({ number: ++number, text: undefined, fault: `longer than ${most} bytes` });
    }
  };
  const end = (lines: Line[]) => {
    if (!told) lines.push(lineOf(++number, parts));
    parts = [];
    length = 0;
    told = false;
  };

  for await (const bytes of input) {
    const lines: Line[] = [];
    let start = 0;
    for (;;) {
      const newline = bytes.indexOf(NEWLINE, start);
      if (newline < 0) break;
      add(bytes.subarray(start, newline), lines);
      end(lines);
      start = newline + 1;
    }
    add(bytes.subarray(start), lines);
    yield lines;
  }
  if (length === 0) return;
  const last: Line[] = [];
  end(last);
  yield last;
}

const decoder = new TextDecoder("utf-8", { fatal: true });

function lineOf(number: number, parts: readonly Uint8Array[]): Line {
  try {
    const bytes = parts.length === 1 ? parts[0] : Buffer.concat(parts);
    return { number, text: decoder.decode(bytes) };
  } catch {
    return { number, text: undefined, fault: "not UTF-8 text" };
  }
}
