import * as v from "valibot";
import { equationNumbers, systemEquations, systemModel } from "../models/system-model.ts";
import type { SystemEquation } from "../models/system-model.ts";
import type { SystemModel } from "../models/model.ts";
import { coupling } from "../models/domain.ts";
import { dimension, evaluateExpression, reservedNames } from "../systems/evaluate-expression.ts";
import { ExpressionError } from "../systems/expression-error.ts";
import * as sums from "../systems/operator-sum.ts";
import type { OperatorSum } from "../systems/operator-sum.ts";
import type { Coupling, System, SystemSource } from "../systems/system.ts";
import { checkObject, isObject, objectSchema } from "./check-object.ts";
import { Issues, keyPath } from "./issues.ts";
import { didYouMean } from "./nearest.ts";
import { shortened, shown } from "./shown.ts";

const MOST_LEVELS = 16;
const MOST_BATHS = 16;
const NAME = /^[A-Za-z]\w{0,39}$/;

/** Names that baths and columns may have. */
const OF_OTHERS = /^(status|residual|rho_|re_rho_|im_rho_|q_|T_|bath_|g_|exponent_|cutoff_)/;

/** Models met lately, by their text: a point a line has the same one again and again. */
const MOST_KEPT = 64;
const kept = new Map<string, SystemModel>();

const modelObject = objectSchema({
  name: v.optional(v.unknown()),
  factors: v.optional(v.unknown()),
  levels: v.optional(v.unknown()),
  hamiltonian: v.optional(v.unknown()),
  bare: v.optional(v.unknown()),
  parameters: v.optional(v.unknown()),
  baths: v.optional(v.unknown()),
});

const bathObject = objectSchema({ coupling: v.optional(v.unknown()) });

/** Keys a spec has at its top level whatever its model is. */
const specKeys = new Set(["model", "equation", "method", "sweep", "columns"]);

/**
 * The model that an object `model: { … }` describes, under the equation of its spec.
 *
 * @throws {SpecError} with everything found wrong with it
 */
export function readSystem(input: Record<string, unknown>, equation: unknown): SystemModel {
  const chosen = systemEquations.find((e) => e === (equation ?? "lindblad")) ?? "lindblad";
  const key = JSON.stringify([chosen, input]);
  const known = kept.get(key);
  if (known) return known;
  const issues = new Issues();
  const model = makeModel(input, chosen, issues);
  issues.throwIfAny();
  if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value!);
  kept.set(key, model!);
  return model!;
}

function makeModel(
  input: Record<string, unknown>,
  equation: SystemEquation,
  issues: Issues,
): SystemModel | undefined {
  const object = checkObject(
    modelObject,
    input,
    "model",
    issues,
    (key) => `unknown key${didYouMean(key, modelObject.keys)}`,
  );
  const name = readName(object["name"], issues);
  const factors = readFactors(object, issues);
  const baths = readBaths(object["baths"], issues);
  const parameters = readParameters(object["parameters"], issues);
  if (!factors || !issues.none) return undefined;

  const scope = { factors, parameters: new Set(Object.keys(parameters)) };
  const read = (text: unknown, path: string) => readOperator(text, path, scope, issues);
  const hamiltonian = read(object["hamiltonian"], "model.hamiltonian");
  checkHermitian(hamiltonian, "model.hamiltonian", issues);
  const bare = object["bare"] === undefined ? undefined : read(object["bare"], "model.bare");
  checkHermitian(bare, "model.bare", issues);
  if (equation === "local" && object["bare"] === undefined) {
    issues.add("model.bare", "missing; local wants the Hamiltonian that the baths see");
  }
  const couplings = Object.entries(baths).map(([bath, texts]): Coupling => {
    const path = `model.baths.${bath}.coupling`;
    const parts = texts.map((text, k) => read(text, texts.length > 1 ? `${path}[${k}]` : path));
    const operator = parts.reduce<OperatorSum>((sum, part) => (part ? sums.add(sum, part) : sum), {
      scalar: false,
      terms: new Map(),
    });
    return { bath, operator, hermitian: sums.isHermitian(operator) };
  });
  if (!issues.none || !hamiltonian) return undefined;

  const source: SystemSource = {
    name,
    factors,
    hamiltonian: object["hamiltonian"] as string,
    ...(bare && { bare: object["bare"] as string }),
    parameters,
    baths: Object.fromEntries(
      Object.entries(baths).map(([bath, texts]) => [
        bath,
        { coupling: texts.length > 1 ? texts : texts[0] },
      ]),
    ),
  };
  const system: System = {
    levels: dimension(factors),
    parameters: Object.keys(parameters),
    hamiltonian,
    bare,
    couplings,
    source,
    key: JSON.stringify(source),
  };
  return systemModel(system, equation);
}

function readName(input: unknown, issues: Issues): string {
  if (input === undefined) return "system";
  if (typeof input === "string" && /^[A-Za-z][\w-]{0,39}$/.test(input)) return input;
  issues.wants("model.name", input, "a name: letters, digits, _ and -");
  return "system";
}

function readFactors(
  { factors, levels }: Record<string, unknown>,
  issues: Issues,
): readonly number[] | undefined {
  if ((factors === undefined) === (levels === undefined)) {
    const got = factors === undefined ? "missing" : "given beside levels";
    issues.add("model.factors", `${got}; wants factors: [2, 2] or levels: 3`);
    return undefined;
  }
  const path = factors === undefined ? "model.levels" : "model.factors";
  const list: unknown = factors === undefined ? [levels] : factors;
  const fits = (d: unknown): d is number => Number.isInteger(d) && (d as number) >= 2;
  if (Array.isArray(list) && list.length > 0 && list.length <= 4 && list.every(fits)) {
    const total = dimension(list);
    if (total <= MOST_LEVELS) return list;
    issues.add(path, `got ${total} levels in all, wants at most ${MOST_LEVELS}`);
    return undefined;
  }
  const wanted =
    factors === undefined
      ? `a number of levels from 2 to ${MOST_LEVELS}`
      : `a list of the levels of each factor, 2 or more, ${MOST_LEVELS} in all at most`;
  issues.wants(path, factors ?? levels, wanted);
  return undefined;
}

/** The couplings' texts by bath. */
function readBaths(input: unknown, issues: Issues): Readonly<Record<string, readonly string[]>> {
  const wanted = "{ NAME: { coupling: an operator, or a list of them }, … }";
  if (!isObject(input) || Object.keys(input).length === 0) {
    if (input === undefined) issues.add("model.baths", `missing; wants ${wanted}`);
    else issues.wants("model.baths", input, wanted);
    return {};
  }
  if (Object.keys(input).length > MOST_BATHS) {
    const got = Object.keys(input).length;
    issues.add("model.baths", `got ${got} baths, wants at most ${MOST_BATHS}`);
    return {};
  }
  const result: Record<string, readonly string[]> = {};
  for (const [bath, value] of Object.entries(input)) {
    const path = keyPath("model.baths", bath);
    if (!NAME.test(bath) || bath.endsWith("_bare")) {
      issues.add(path, "wants a name of letters, digits and _ that does not end in _bare");
      continue;
    }
    if (!isObject(value)) {
      issues.wants(path, value, "{ coupling: an operator }");
      continue;
    }
    const cut = cutAtComma(value);
    if (cut !== undefined) {
      const why = "in { } and [ ] a comma ends a text that has no quotes";
      issues.wants(`${path}.coupling`, cut, `an operator in quotes: ${why}`);
      continue;
    }
    const object = checkObject(
      bathObject,
      value,
      path,
      issues,
      (key) => `unknown key${didYouMean(key, bathObject.keys)}`,
    );
    const texts = Array.isArray(object["coupling"]) ? object["coupling"] : [object["coupling"]];
    if (texts.length > 0 && texts.length <= 16 && texts.every((t) => typeof t === "string")) {
      result[bath] = texts;
    } else {
      issues.wants(`${path}.coupling`, object["coupling"], "an operator, or a list of them");
    }
  }
  return result;
}

/** What YAML leaves of an operator without quotes in a flow map or list, as of `{ coupling: proj(1, 1, 2) }`. */
function cutAtComma(bath: Readonly<Record<string, unknown>>): unknown {
  const { coupling: text } = bath;
  if (!Array.isArray(text) && Object.keys(bath).length === 1) return undefined;
  return [text].flat().find((part) => typeof part === "string" && /^[^,]*\([^,)]*$/.test(part));
}

function readParameters(input: unknown, issues: Issues): Readonly<Record<string, number>> {
  if (input === undefined) return {};
  if (!isObject(input)) {
    issues.wants("model.parameters", input, "{ NAME: number, … }");
    return {};
  }
  const taken = new Set([...specKeys, ...equationNumbers]);
  const result: Record<string, number> = {};
  for (const [name, value] of Object.entries(input)) {
    const path = keyPath("model.parameters", name);
    if (!NAME.test(name)) issues.add(path, "wants a name of letters, digits and _");
    else if (reservedNames.has(name)) issues.add(path, `${name} means something in expressions`);
    else if (taken.has(name) || OF_OTHERS.test(name)) {
      issues.add(path, `${name} means something in a spec already`);
    } else if (typeof value !== "number" || !coupling.allowed(value)) {
      issues.wants(path, value, coupling.text);
    } else result[name] = value + 0;
  }
  return result;
}

/** An operator from its text; undefined, with an issue at the character, where it is wrong. */
function readOperator(
  text: unknown,
  path: string,
  scope: Parameters<typeof evaluateExpression>[1],
  issues: Issues,
): OperatorSum | undefined {
  if (typeof text !== "string") {
    const wanted = "an operator, like omega/2*sz(1)";
    if (text === undefined) issues.add(path, `missing; wants ${wanted}`);
    else issues.wants(path, text, wanted);
    return undefined;
  }
  try {
    const sum = evaluateExpression(text, scope);
    if (!sum.scalar) return sum;
    throw new ExpressionError("is a number, wants an operator: a number times id is one", 0);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const { message, position, wrongName } = error;
    const hint = wrongName ? didYouMean(wrongName.wrong, wrongName.names) : "";
    const rest = text.slice(position);
    const where = rest === "" ? "at the end" : `at ${shown(shortened(rest, 20))}`;
    issues.add(path, `character ${position + 1}, ${where}: ${message}${hint}`);
    return undefined;
  }
}

function checkHermitian(sum: OperatorSum | undefined, path: string, issues: Issues): void {
  if (!sum || sums.isHermitian(sum)) return;
  const [key] = [...sum.terms].find(
    ([, term]) => !sums.isHermitian({ scalar: false, terms: new Map([["", term]]) }),
  )!;
  const which = key === "" ? "its constant part" : `the part with ${shortened(key, 40)}`;
  issues.add(path, `is not Hermitian: ${which} is not its own adjoint`);
}
