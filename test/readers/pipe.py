"""Reads three batches of a sweep that would take hours from a pipe, and leaves."""

import sys

import pyarrow as pa

rows = 0
with pa.ipc.open_stream(sys.stdin.buffer) as stream:
    for batch in stream:
        rows += batch.num_rows
        if rows >= 3 * 65536:
            break
print(f"{'pyarrow, a pipe':<22}{'arrows':<10}ok, {rows} rows while the sweep ran")
