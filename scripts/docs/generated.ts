import { join } from "node:path";
import { format } from "prettier";
import { apiPage } from "./api-page.ts";
import { jsonSchema } from "./json-schema.ts";
import { specPage } from "./spec-page.ts";

/** The files that are made, not written, with the text they must have. `root` holds the built `dist`. */
export async function generated(root: string): Promise<readonly { path: string; text: string }[]> {
  const made = {
    "docs/spec.md": specPage(),
    "docs/api.md": apiPage({
      qheat: join(root, "dist/src/index.d.ts"),
      "qheat/browser": join(root, "dist/src/browser/index.d.ts"),
    }),
    "qheat.schema.json": JSON.stringify(jsonSchema(), null, 2),
  };
  return Promise.all(
    Object.entries(made).map(async ([path, text]) => ({
      path,
      text: await format(text, { filepath: path, printWidth: 100 }),
    })),
  );
}
