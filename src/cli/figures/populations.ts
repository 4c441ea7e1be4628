import { type AxisOptions, linePanel, type Remark } from "../../plot/line-panel.ts";
import { type PageText, page } from "../../plot/page.ts";
import { dashes, distinct } from "../../plot/palette.ts";
import { symbolOf } from "../../plot/symbol.ts";
import type { Results } from "./figure.ts";

export const populations = ["rho_11", "rho_22", "rho_33", "rho_44"] as const;

/** Draws the populations against the mean temperature. */
export function drawPopulations(
  results: Results,
  text: PageText,
  domains: { readonly x?: AxisOptions["domain"]; readonly y?: AxisOptions["domain"] },
  remarks: readonly Remark[] = [],
): string {
  const x = meanTemperature(results);
  const styles = populations.map((_, k) => ({ color: distinct[k], dash: dashes[k] }));
  const panel = linePanel({
    x: { label: "mean temperature {T}", domain: domains.x },
    y: { label: "population {ρ}_{nn}", domain: domains.y },
    lines: populations.map((name, k) => ({ x, y: results(name), ...styles[k] })),
    legend: populations.map((name, k) => ({ label: symbolOf(name), ...styles[k] })),
    remarks,
  });
  return page(text, [panel]);
}

/** T = (T_A + T_B)/2. */
export function meanTemperature(results: Results): Float64Array {
  const [A, B] = [results("T_A"), results("T_B")];
  return A.map((value, row) => (value + B[row]) / 2);
}
