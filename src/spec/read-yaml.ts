import { Composer, CST, isScalar, Lexer, Parser } from "yaml";
import { DEEPEST } from "./read-json.ts";
import { shortened } from "./shown.ts";
import { SpecError } from "./spec-error.ts";
import { textPosition } from "./text-position.ts";
import { plainValue } from "./yaml-value.ts";

/** Lexemes a text may hold, blanks among them: half a second's work, some 130,000 numbers of a list. */
const MOST_LEXEMES = 2 ** 19;
/** Lines a text may hold, as many keys among them: half a second's work again. */
const MOST_LINES = 2 ** 15;
/** Characters a name or a number may have; the library takes quoted ones apart one by one. */
const LONGEST_SCALAR = 2 ** 16;

/** Kinds of lexemes a spec has no use for and attackers have. */
const refused: Readonly<Record<string, string>> = {
  alias: "an alias (*name)",
  anchor: "an anchor (&name)",
  tag: "a tag (!name)",
  "directive-line": "a directive (%NAME)",
};

/**
 * Reads one YAML 1.2 document. The library's composer recurses with the nesting and takes the
 * process down, so lexer and parser, which do not, are driven from here and stopped in time.
 *
 * @throws {SpecError} with line and column
 */
export function readYaml(text: string): unknown {
  const wrong = (message: string, offset: number) =>
    new SpecError([{ path: "", message: `${textPosition(text, offset)}: ${message}` }]);
  const composer = new Composer({ uniqueKeys: false, prettyErrors: false, logLevel: "silent" });
  const [document] = composer.compose(tokens(text, wrong));
  const [error] = [...(document?.errors ?? []), ...(document?.warnings ?? [])];
  if (error) throw wrong(shortened(error.message, 160), error.pos[0]);
  const contents = document?.contents;
  if (!contents || (isScalar(contents) && contents.source === "")) {
    throw new SpecError([{ path: "", message: "the text is empty" }]);
  }
  return plainValue(contents, wrong);
}

/** The text's syntax tree, one document of it; throws where it is too deep, too long or refused. */
function* tokens(text: string, wrong: (message: string, offset: number) => SpecError) {
  const parser = new Parser();
  let lexemes = 0;
  let lines = 0;
  let documents = 0;
  let inScalar = false;
  for (const lexeme of new Lexer().lex(text)) {
    const offset: number = parser.offset;
    const kind: CST.TokenType | null = inScalar ? null : CST.tokenType(lexeme);
    inScalar = kind === "scalar";
    if (kind && refused[kind]) throw wrong(`${refused[kind]} is not allowed`, offset);
    const scalar = kind === null || kind.endsWith("-quoted-scalar");
    if (scalar && lexeme.length > LONGEST_SCALAR) {
      throw wrong(`a text longer than ${LONGEST_SCALAR} characters`, offset);
    }
    if (kind === "newline") lines++;
    if (++lexemes > MOST_LEXEMES || lines > MOST_LINES) {
      throw wrong("too long; write long lists as JSON", offset);
    }
    yield* checked(parser.next(lexeme));
    if (parser.stack.length > DEEPEST) throw wrong(`nested deeper than ${DEEPEST}`, offset);
  }
  yield* checked(parser.end());

  function* checked(parsed: Iterable<CST.Token>) {
    for (const token of parsed) {
      if (token.type === "error") throw wrong(shortened(token.message, 160), token.offset);
      if (token.type === "document" && ++documents > 1) {
        throw wrong("a second document begins, wants one", token.offset);
      }
      yield token;
    }
  }
}
