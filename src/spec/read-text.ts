import { jsonOrYaml } from "./json-or-yaml.ts";
import { readYaml } from "./read-yaml.ts";

/**
 * YAML or JSON text → plain data. Anything that could hang or crash a reader is refused.
 *
 * @throws {SpecError} with line and column where there are some
 */
export function readText(text: string): unknown {
  const found = jsonOrYaml(text);
  return "yaml" in found ? readYaml(found.yaml) : found.json;
}
