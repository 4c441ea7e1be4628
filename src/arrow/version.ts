import { createRequire } from "node:module";

/** qheat's version, of its `package.json`. */
export function version(): string {
  const manifest = createRequire(import.meta.url)("qheat/package.json") as { version: string };
  return manifest.version;
}
