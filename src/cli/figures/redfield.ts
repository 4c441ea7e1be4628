import { NEGATIVE_POPULATION, SECOND_LAW_BROKEN } from "../../../assembly/layout.ts";
import { type Line, linePanel } from "../../plot/line-panel.ts";
import { page } from "../../plot/page.ts";
import { dashes, distinct } from "../../plot/palette.ts";
import { type Strip, stripPanel } from "../../plot/strip-panel.ts";
import { type Figure, parameters } from "./figure.ts";

const MARGIN_RIGHT = 172;

const equations = ["lindblad", "redfield", "redfield-eq213", "redfield-appendix"] as const;
const colors = { negative: "#8c4b9e", secondLaw: "#b2182b", faintSecondLaw: "#b2182b1c" };

/** What Redfield does to the heat current, to the second law and to positivity, beside Lindblad. */
export const redfield: Figure = {
  name: "redfield",
  spec: "figure-redfield.yaml",
  sweeps: equations.map((equation) => ({
    suffix: equation === "redfield" ? "" : `-${equation.replace("redfield-", "")}`,
    settings: [`equation=${equation}`],
  })),
  draw(results) {
    const T = results[0]("T_A");
    const withCurrents = equations.slice(0, 3);
    const style = (k: number) => ({ color: distinct[k], dash: dashes[k] });
    const lines = withCurrents.map((_, k): Line => ({ x: T, y: results[k]("q_A"), ...style(k) }));
    const broken = runs(T, results[1]("status"), SECOND_LAW_BROKEN);
    const bands = broken.map((run) => ({ ...run, color: colors.faintSecondLaw }));
    const x = { label: "", domain: [0, 12] as const };
    const all = linePanel({
      x,
      y: { label: "heat current {q}_{A}" },
      lines,
      legend: withCurrents.map((label, k) => ({ label, ...style(k) })),
      bands,
      remarks: broken.map(({ from }) => ({
        x: from,
        y: 0.6,
        text: "redfield: heat flows from cold to hot",
        dx: 8,
        dy: 16,
      })),
      height: 310,
      marginRight: MARGIN_RIGHT,
    });
    const closeUp = linePanel({
      x,
      y: { label: "{q}_{A}, close up", domain: [-0.05, 0.01] },
      lines: lines.map((line) => ({ ...line, y: within(line.y, -0.05, 0.01) })),
      legend: [],
      bands,
      height: 210,
      marginRight: MARGIN_RIGHT,
    });
    const strips = stripPanel({
      x: { label: "temperature {T}_{A}", domain: [0, 12] },
      names: equations,
      strips: equations.flatMap((name, k): Strip[] => [
        ...runs(T, results[k]("status"), SECOND_LAW_BROKEN).map((run) => ({
          ...run,
          name,
          color: colors.secondLaw,
          text: "second law broken",
        })),
        ...runs(T, results[k]("status"), NEGATIVE_POPULATION).map((run) => ({
          ...run,
          name,
          color: colors.negative,
          text: "a negative population",
        })),
      ]),
      marginRight: MARGIN_RIGHT,
    });
    const title = "Heat into the qubit pair from bath A, by four master equations";
    const subtitle = `{T}_{B} = 1, ${parameters}. Above {T}_{A} = 1 heat should flow in from A: {q}_{A} > 0.`;
    const notes = [
      "redfield-appendix, (A.4), does not conserve the trace bath by bath and so has no currents.",
    ];
    return page({ title, subtitle, notes }, [
      all,
      { ...closeUp, y: all.height },
      { ...strips, y: all.height + closeUp.height },
    ]);
  },
};

/** Stretches of x in which the rows have a bit of the status. */
function runs(x: Float64Array, status: Float64Array, bit: number) {
  const found: { from: number; to: number }[] = [];
  let open = false;
  status.forEach((flags, row) => {
    const set = (flags & bit) !== 0;
    if (set && open) found[found.length - 1].to = x[row];
    if (set && !open) found.push({ from: x[row], to: x[row] });
    open = set;
  });
  return found;
}

/** NaN, a gap, where values leave the frame. */
function within(values: Float64Array, least: number, greatest: number): Float64Array {
  return values.map((value) => (value >= least && value <= greatest ? value : NaN));
}
