import type { ByteOutput } from "../arrow/byte-output.ts";

/** Writes text. */
export async function print(output: ByteOutput, text: string): Promise<void> {
  await output.write([Buffer.from(text)]);
}
