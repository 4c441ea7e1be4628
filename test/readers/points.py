"""Has qheat solve points of compressed Arrow files by pyarrow, and compares the points it has read."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.feather

folder, qheat = Path(sys.argv[1]), sys.argv[2:]
# more than a block of LZ4 has; some of it repeats from block to block, some does not at all
rows = np.arange(100_000)
columns = {
    "T_A": 1 + (rows % 7919) / 7919,
    "omega_0": 1 + np.random.default_rng(1).random(rows.size),
}
spec = {
    "model": "qubit",
    "T_B": 1,
    "bath_A": {"spectrum": "flat", "g": 1},
    "bath_B": {"spectrum": "flat", "g": 1},
    "columns": ["q_A"],
}
failed = 0
for codec in ["zstd", "lz4"]:
    points = folder / f"points.{codec}.arrow"
    pa.feather.write_feather(pa.table(columns), points, compression=codec, chunksize=40_000)
    source = folder / f"points-{codec}.json"
    source.write_text(json.dumps({**spec, "points": str(points)}))
    result = folder / f"points-{codec}-result.arrow"
    done = subprocess.run([*qheat, "sweep", source, "-o", result, "--quiet"], capture_output=True)
    same = done.returncode == 0 and all(
        pa.feather.read_table(result)[name].equals(pa.chunked_array([values]))
        for name, values in columns.items()
    )
    failed += not same
    print(f"{'points of pyarrow':<22}{codec:<14}{'ok' if same else done.stderr.decode() or 'differ'}")
sys.exit(failed > 0)
