// Sliders → points → the worker → a curve. The page does no physics and never waits for any.
const worker = new Worker("worker.mjs", { type: "module" });
const inputs = [...document.querySelectorAll("input")];
const curve = document.querySelector("polyline");
const summary = document.querySelector("#summary");
const temperatures = Array.from({ length: 200 }, (_, k) => 0.1 + (3.9 * k) / 199);

function ask() {
  const numbers = Object.fromEntries(inputs.map(({ name, value }) => [name, Number(value)]));
  worker.postMessage(
    temperatures.map((T_A) => ({
      model: "qubit-pair",
      omega_1: 1,
      omega_2: 2,
      ...numbers,
      T_A,
      bath_A: { spectrum: "flat", g: 1 },
      bath_B: { spectrum: "flat", g: 1 },
    })),
  );
}

worker.addEventListener("message", ({ data: { results, milliseconds } }) => {
  const points = results.map(
    ({ q_A }, k) => `${(400 * k) / (results.length - 1)},${100 - 150 * q_A}`,
  );
  curve.setAttribute("points", points.join(" "));
  summary.textContent = `${results.length} points in ${milliseconds.toFixed(1)} ms`;
});

for (const input of inputs) {
  const show = () => (input.nextElementSibling.textContent = input.value);
  input.addEventListener("input", show);
  input.addEventListener("input", ask);
  show();
}
ask();
