import { expect, test } from "vitest";
import { sweep } from "../../src/index.ts";

const numbers: Readonly<Record<string, object>> = {
  "partial-secular": { secular_cutoff: 0.1 },
  unified: { cluster_width: 0.1 },
};

test.each(["lindblad", "redfield", "local", "partial-secular", "unified"])(
  "%s: a row whose coupling needs the limit of D(ω) at 0, where a flat bath has none, is outside the domain",
  async (equation) => {
    const spec = (bath: object) => ({
      model: {
        factors: [2],
        hamiltonian: "w*sz(1)",
        bare: "w*sz(1)",
        parameters: { w: 1, z: 0 },
        baths: { hot: { coupling: "sx(1) + z*sz(1)" } },
      },
      equation,
      ...numbers[equation],
      T_hot: 2,
      bath_hot: { g: 0.1, ...bath },
      sweep: [{ z: [0, 1e-3, 1, 0] }],
    });
    const outside = async (bath: object) => {
      const status = [...(await sweep(spec(bath)).toTable()).getChild("status")!];
      return status.map((bits) => bits & 1);
    };
    expect(await outside({ spectrum: "flat" })).toEqual([0, 1, 1, 0]);
    expect(await outside({ spectrum: "drude", cutoff: 5 })).toEqual([0, 0, 0, 0]);
  },
);
