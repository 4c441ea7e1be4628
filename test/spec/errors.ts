import { expect } from "vitest";
import { SpecError } from "../../src/spec/spec-error.ts";

/** The message of the SpecError that `run` throws; it fits one screen and is safe to print. */
export function specError(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return checked(error);
  }
  throw new Error("no error was thrown");
}

/** The same of what `promise` rejects with. */
export async function specRejection(promise: Promise<unknown>): Promise<string> {
  return promise.then(() => expect.unreachable("no error was thrown"), checked);
}

function checked(error: unknown): string {
  if (!(error instanceof SpecError)) throw error;
  expect(error.issues.length).toBeGreaterThan(0);
  const lines = error.message.split("\n");
  expect(lines.length).toBeLessThanOrEqual(21);
  for (const line of lines) expect(line.length).toBeLessThan(300);
  // oxlint-disable-next-line no-control-regex
  expect(error.message).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  return error.message;
}
