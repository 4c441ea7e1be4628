import * as Plot from "@observablehq/plot";

interface Labelled {
  readonly label: string;
  readonly log?: boolean;
}

const centered = { labelAnchor: "center", labelArrow: "none" } as const;

/** Plot's own logarithmic ticks are in thousandths and thousands: `10m`, `10k`. */
const plainNumbers = { tickFormat: "~g" } as const;

/** An axis with its label centered below. */
export function bottomAxis({ label, log }: Labelled): Plot.Markish {
  return Plot.axisX({ ...centered, label, labelOffset: 42, ...(log && plainNumbers) });
}

/** An axis with its label centered at the left. */
export function leftAxis({ label, log }: Labelled): Plot.Markish {
  return Plot.axisY({ ...centered, label, labelOffset: 60, ...(log && plainNumbers) });
}
