/** How the columns of an Arrow file are compressed: Zstandard, or the frames of LZ4. */
export type Compression = "zstd" | "lz4";

export const compressions: readonly Compression[] = ["zstd", "lz4"];
