import * as domain from "./domain.ts";
import type { Parameter, SpectrumName, Unit } from "./model.ts";

/** A spectral function g(ω) and the numbers in it, by their keys in a spec's `bath_X`. */
export interface Spectrum {
  readonly name: SpectrumName;
  readonly formula: string;
  readonly parameters: readonly Parameter[];
}

/** g itself; its unit makes g(ω) a rate. */
const g = (unit: Unit): Parameter => ({
  name: "g",
  unit,
  description: "strength of the spectral function",
  domain: domain.strength,
});

const cutoff: Parameter = {
  name: "cutoff",
  unit: "energy",
  description: "cutoff frequency of the spectral function",
  domain: domain.positive,
};

const exponent: Parameter = {
  name: "exponent",
  unit: "1",
  description: "1 Ohmic, below 1 sub-Ohmic, above 1 super-Ohmic",
  domain: domain.exponent,
};

/** Every spectral function; (3.8) defines g(ω), the forms are the usual ones. */
export const spectra: Readonly<Record<SpectrumName, Spectrum>> = {
  flat: { name: "flat", formula: "g", parameters: [g("rate")] },
  power: {
    name: "power",
    formula: "g ω^exponent exp(−ω/cutoff)",
    parameters: [g("rate / energy^exponent"), exponent, cutoff],
  },
  drude: { name: "drude", formula: "g ω cutoff² / (ω² + cutoff²)", parameters: [g("1"), cutoff] },
};

/** Keys a bath can have, in canonical order. */
export const bathKeys = ["g", "exponent", "cutoff"] as const;

/** The temperature of bath `bath`, a parameter beside those in its spectral function. */
export function temperatureOf(bath: string): Parameter {
  return {
    name: `T_${bath}`,
    unit: "energy",
    description: `temperature of bath ${bath}`,
    domain: domain.temperature,
  };
}

/** The numbers of bath `bath` with spectral function `spectrum`, by flat name (`g_A`), temperature first. */
export function bathParameters(bath: string, spectrum: SpectrumName): readonly Parameter[] {
  return [
    temperatureOf(bath),
    ...spectra[spectrum].parameters.map((p) => ({
      ...p,
      name: `${p.name}_${bath}`,
      description: `${p.description} of bath ${bath}`,
    })),
  ];
}
