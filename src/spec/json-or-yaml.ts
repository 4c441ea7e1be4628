import { readJson } from "./read-json.ts";
import { escaped } from "./shown.ts";
import { SpecError } from "./spec-error.ts";
import { textPosition } from "./text-position.ts";

/** Bytes a spec's file may have; characters its text may have. */
export const LONGEST_TEXT = 16 * 2 ** 20;

/** From here on text in braces is taken for JSON alone. */
const LONGEST_FLOW = 2 ** 20;

/** Controls but tab and line ends: in no YAML or JSON text, and never in a message. */
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/**
 * The data of JSON text, or what is for the YAML library to read, which is slow to load.
 *
 * @throws {SpecError} with line and column where there are some
 */
export function jsonOrYaml(text: string): { readonly json: unknown } | { readonly yaml: string } {
  if (text.length > LONGEST_TEXT) {
    throw new SpecError([{ path: "", message: `longer than ${LONGEST_TEXT} characters` }]);
  }
  const body = text.startsWith("\ufeff") ? text.slice(1) : text;
  const control = body.search(CONTROL);
  if (control >= 0) {
    const message = `${textPosition(body, control)}: control character ${escaped(body[control])}`;
    throw new SpecError([{ path: "", message }]);
  }
  if (/^\s*\{/.test(body)) {
    try {
      return { json: readJson(body) };
    } catch (error) {
      // YAML's flow style begins so too, and its reader knows lines; but it is slow.
      if (body.length > LONGEST_FLOW) throw error;
    }
  }
  return { yaml: body };
}
