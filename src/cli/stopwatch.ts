/** Starts now; tells the seconds since. Node loads what `performance` is at its first use, in 3 ms. */
export function stopwatch(): () => number {
  const started = process.hrtime();
  return () => {
    const [seconds, nanoseconds] = process.hrtime(started);
    return seconds + nanoseconds / 1e9;
  };
}
