import { shortened, shown } from "./shown.ts";
import { SpecError, type SpecIssue } from "./spec-error.ts";

/** An error fits one screen. */
const MOST_SHOWN = 20;
/** With so many there is no use in looking further. */
const MOST_COUNTED = 1000;

/** What is wrong with a spec, gathered while it is read. */
export class Issues {
  readonly #shown: SpecIssue[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  get none(): boolean {
    return this.#count === 0;
  }

  /** @throws {SpecError} where there are far too many */
  add(path: string, message: string): void {
    this.#count++;
    if (this.#count <= MOST_SHOWN) this.#shown.push({ path, message });
    if (this.#count > MOST_COUNTED) this.throwIfAny();
  }

  /** `got …, wants …` */
  wants(path: string, got: unknown, wanted: string): void {
    this.add(path, wants(got, wanted));
  }

  throwIfAny(): void {
    if (this.#count === 0) return;
    const more = Math.min(this.#count, MOST_COUNTED) - MOST_SHOWN;
    const all = this.#count > MOST_COUNTED ? "over " : "";
    if (more > 0) this.#shown.push({ path: "", message: `… and ${all}${more} more` });
    throw new SpecError(this.#shown);
  }
}

/** `got …, wants …` */
export function wants(got: unknown, wanted: string): string {
  return `got ${shown(got)}, wants ${wanted}`;
}

/** `path` one key further; a key that is no plain name is quoted and shortened. */
export function keyPath(path: string, key: string): string {
  const name = /^[\w-]{1,40}$/.test(key) ? key : shortened(JSON.stringify(key.slice(0, 41)), 40);
  return path === "" ? name : `${path}.${name}`;
}
