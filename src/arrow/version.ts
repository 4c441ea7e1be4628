import { existsSync, readFileSync } from "node:fs";

/** qheat's version, from the nearest `package.json` above this file: two folders up, three from dist. */
export function version(): string {
  let folder = new URL("./", import.meta.url);
  while (!existsSync(new URL("package.json", folder))) folder = new URL("../", folder);
  const manifest = JSON.parse(readFileSync(new URL("package.json", folder), "utf8")) as {
    version: string;
  };
  return manifest.version;
}
