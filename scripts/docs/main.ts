import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { generated } from "./generated.ts";

const root = join(import.meta.dirname, "../../..");
for (const { path, text } of await generated(root)) writeFileSync(join(root, path), text);
