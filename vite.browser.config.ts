import { defineConfig } from "vite";

// One file for the browser, dependencies and kernels in it: an import map does not reach into a worker.
export default defineConfig({
  logLevel: "warn",
  build: {
    outDir: "dist/browser",
    target: "es2022",
    lib: { entry: "dist/src/browser/index.js", formats: ["es"], fileName: "qheat" },
    rolldownOptions: {
      onLog(level, log, handler) {
        // above all node: modules, which Vite would leave out with a warning
        if (level === "warn") throw new Error(log.message);
        handler(level, log);
      },
    },
  },
});
