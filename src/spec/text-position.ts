const NEWLINE = 10;
const RETURN = 13;

/** `line 3, column 7` of the character at `offset`. */
export function textPosition(text: string, offset: number): string {
  let line = 1;
  let start = 0;
  for (let i = 0; i < offset; i++) {
    const code = text.charCodeAt(i);
    if (code !== NEWLINE && code !== RETURN) continue;
    if (code === RETURN && i + 1 < offset && text.charCodeAt(i + 1) === NEWLINE) i++;
    line++;
    start = i + 1;
  }
  return `line ${line}, column ${offset - start + 1}`;
}
