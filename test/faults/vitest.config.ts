import { mergeConfig } from "vitest/config";
import base from "../../vitest.config.ts";

// Real kills and real faults of the system, one at a time: minutes, not seconds, and long with
// QHEAT_FAULTS=long.
export default mergeConfig(
  { ...base, test: { ...base.test, include: [] } },
  {
    test: {
      include: ["test/faults/*.fault.ts"],
      fileParallelism: false,
      testTimeout: 3_600_000,
      hookTimeout: 600_000,
    },
  },
);
