import * as layout from "../../../assembly/layout.ts";

/** What the pair's operators give this solver. */
export function fillPairElements(words: Int32Array, cells: Float64Array): void {
  const alpha = cells[words[layout.ELEMENT_CELLS]];
  const beta = cells[words[layout.ELEMENT_CELLS] + layout.COMPLEX];
  const energies = words[layout.ENERGY_CELLS];
  const frequencies = words[layout.FREQUENCY_CELLS] + layout.VALUE;
  const secular = words[layout.PAIR_FORM] === layout.FORM_SECULAR;
  const h = cells[energies + 2] - cells[energies + 1];
  const twice = h + h;
  const to = words[layout.PAIR_CELLS];
  cells[to + layout.ALPHA_SQUARE] = alpha * alpha;
  cells[to + layout.BETA_SQUARE] = beta * beta;
  cells[to + layout.MIXING] = secular ? 0 : alpha * beta;
  cells[to + layout.SPLITTING] = twice;
  cells[to + layout.SPLITTING_SQUARE] = twice * twice;
  cells[to + layout.OMEGA_PLUS] = cells[frequencies];
  cells[to + layout.OMEGA_MINUS] = cells[frequencies + layout.FREQUENCY_SIZE];
}

/** The correlations of bath b this solver wants: D²¹(−ω), and D¹²(ω) + D²¹(−ω). */
export function fillPairRates(words: Int32Array, cells: Float64Array, b: number): void {
  const plus = words[layout.OCCUPATION_CELLS] + 2 * layout.OCCUPATION_SIZE * b;
  fillRatesAt(cells, plus);
  fillRatesAt(cells, plus + layout.OCCUPATION_SIZE);
}

function fillRatesAt(cells: Float64Array, o: number): void {
  const share = cells[o + layout.COUPLING] / cells[o + layout.COMPLEMENT];
  const boltzmann = cells[o + layout.BOLTZMANN];
  cells[o + layout.ABSORPTION] = share * boltzmann;
  cells[o + layout.BOTH] = share * (cells[o + layout.FACTOR] + boltzmann);
}
