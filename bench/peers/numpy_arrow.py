"""The closed Lindblad form with NumPy, written with pyarrow: what a physicist would run instead.

usage: numpy_arrow.py ROWS FILE
"""

import sys

import numpy as np
import pyarrow as pa

from closed import closed_form, grid

rows, path = int(sys.argv[1]), sys.argv[2]
lam, T_A = grid(rows)
columns = {"lambda": lam, "T_A": T_A}
names = ["rho_11", "rho_22", "rho_33", "rho_44", "q_A", "q_B"]
columns.update(zip(names, closed_form(lam, T_A)))
columns["status"] = np.zeros(rows, dtype=np.uint8)
table = pa.table(columns)
with pa.OSFile(path, "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
    writer.write_table(table, max_chunksize=65536)
