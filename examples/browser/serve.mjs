// node serve.mjs [PORT]: serves this page, and the package's file for the browser as qheat.js.
import { createReadStream } from "node:fs";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";

const html = "text/html; charset=utf-8";
const javascript = "text/javascript; charset=utf-8";
/** @type {Record<string, readonly [string, string]>} */
const files = {
  "/": [import.meta.resolve("./index.html"), html],
  "/page.mjs": [import.meta.resolve("./page.mjs"), javascript],
  "/worker.mjs": [import.meta.resolve("./worker.mjs"), javascript],
  "/qheat.js": [import.meta.resolve("qheat/browser"), javascript],
};

const server = createServer((request, response) => {
  const file = files[request.url ?? ""];
  if (!file) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { "content-type": file[1] });
  createReadStream(fileURLToPath(file[0])).pipe(response);
});
server.listen(Number(process.argv[2] ?? 8080), "127.0.0.1", () => {
  console.log(`http://127.0.0.1:${server.address().port}/`);
});
