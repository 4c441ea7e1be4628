import { linePanel } from "../../plot/line-panel.ts";
import { page } from "../../plot/page.ts";
import { dashes, distinct } from "../../plot/palette.ts";
import { symbolOf } from "../../plot/symbol.ts";
import { asItIs, type Figure, parameters } from "./figure.ts";

const currents = ["q_A", "q_B"];

/** Fig. 4: the currents are opposite and vanish where the temperatures are equal. */
export const figure4: Figure = {
  name: "fig4",
  spec: "figure-4.yaml",
  sweeps: [asItIs],
  draw([results]) {
    const styles = currents.map((_, k) => ({ color: distinct[k], dash: dashes[k] }));
    const panel = linePanel({
      x: { label: "temperature {T}_{A}", domain: [0.5, 1.5] },
      y: { label: "heat current {q}" },
      lines: currents.map((name, k) => ({ x: results("T_A"), y: results(name), ...styles[k] })),
      legend: currents.map((name, k) => ({ label: symbolOf(name), ...styles[k] })),
      remarks: [
        { x: 1, y: 0, text: "{T}_{A} = {T}_{B}", dx: 0, dy: -30, anchor: "middle", dot: true },
      ],
    });
    const title = "Fig. 4. Heat currents through the qubit pair";
    const subtitle = `Lindblad (3.56), (3.59), {T}_{B} = 1, ${parameters}`;
    return page({ title, subtitle }, [panel]);
  },
};
