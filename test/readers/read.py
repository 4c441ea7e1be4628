"""Reads the files of make.mjs with Python's readers and compares every bit and all metadata."""

import json
import sys
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

folder = Path(sys.argv[1])
expected = json.loads((folder / "expected.json").read_text())
names = [field["name"] for field in expected["fields"]]
values = np.fromfile(folder / "expected.bin").reshape(len(names), expected["rows"])
codecs = ["", "zstd.", "lz4."]
arrows = [f"{codec}{kind}" for codec in codecs for kind in ["arrow", "arrows"]]
file = {kind: str(folder / f"x.{kind}") for kind in [*arrows, "parquet", "csv"]}


def of_arrow(table):
    found = {field.name: decoded(field.metadata) for field in table.schema}
    return table.to_pandas(), decoded(table.schema.metadata), found


def of_csv(table):
    return table.to_pandas(), None, None


def decoded(metadata):
    return {key.decode(): value.decode() for key, value in (metadata or {}).items()}


def spec_of(query):
    return {"qheat.spec": duckdb.sql(query).fetchall()[0][0]}


with_spec = f"SELECT decode(value) FROM parquet_kv_metadata('{file['parquet']}') WHERE key = 'qheat.spec'"



def of_file(path):
    """Readers of an Arrow file at a path."""
    return {
        "pyarrow": lambda: of_arrow(pa.ipc.open_file(path).read_all()),
        "pandas": lambda: (pd.read_feather(path), None, None),
        "Polars": lambda: (pl.read_ipc(path).to_pandas(), None, None),
        "DuckDB": lambda: (duckdb.from_arrow(pa.ipc.open_file(path).read_all()).df(), None, None),
    }


def of_stream(path):
    """Readers of an Arrow stream at a path."""
    return {
        "pyarrow": lambda: of_arrow(pa.ipc.open_stream(path).read_all()),
        "Polars": lambda: (pl.read_ipc_stream(path).to_pandas(), None, None),
    }


readers = {
    (reader, kind): read
    for kind in arrows
    for reader, read in (of_stream if kind.endswith("s") else of_file)(file[kind]).items()
} | {
    ("pyarrow", "parquet"): lambda: of_arrow(pa.parquet.read_table(file["parquet"])),
    ("pyarrow", "csv"): lambda: of_csv(pa.csv.read_csv(file["csv"])),
    ("pandas", "parquet"): lambda: (pd.read_parquet(file["parquet"]), None, None),
    ("pandas", "csv"): lambda: (pd.read_csv(file["csv"]), None, None),
    ("Polars", "parquet"): lambda: (
        pl.read_parquet(file["parquet"]).to_pandas(),
        {"qheat.spec": pl.read_parquet_metadata(file["parquet"])["qheat.spec"]},
        None,
    ),
    ("Polars", "csv"): lambda: (pl.read_csv(file["csv"]).to_pandas(), None, None),
    ("DuckDB", "parquet"): lambda: (
        duckdb.read_parquet(file["parquet"]).df(),
        spec_of(with_spec),
        None,
    ),
    ("DuckDB", "csv"): lambda: (duckdb.read_csv(file["csv"]).df(), None, None),
}


def check(reader):
    frame, metadata, fields = reader()
    if list(frame.columns) != names:
        return f"columns {list(frame.columns)}"
    for name, wanted in zip(names, values):
        column = frame[name].to_numpy()
        if name != "status" and column.dtype != np.float64:
            return f"{name} is {column.dtype}"
        found = column.astype(np.float64)
        same = (found.view(np.uint64) == wanted.view(np.uint64)) | (np.isnan(found) & np.isnan(wanted))
        if not same.all():
            row = int(np.argmin(same))
            return f"{name}[{row}] is {found[row]!r}, not {wanted[row]!r}"
    for key, value in (metadata or {}).items():
        if expected["metadata"].get(key) != value:
            return f"metadata {key}"
    if fields is not None:
        if metadata != expected["metadata"]:
            return "metadata are not complete"
        if fields != {field["name"]: field["metadata"] for field in expected["fields"]}:
            return "metadata of the fields"
    return "ok, all metadata" if fields is not None else "ok, spec" if metadata else "ok"


failed = 0
for (reader, kind), read in readers.items():
    try:
        outcome = check(read)
    except Exception as error:  # each reader gets its line
        outcome = f"{type(error).__name__}: {error}"
    failed += not outcome.startswith("ok")
    print(f"{reader:<22}{kind:<14}{outcome}")
sys.exit(failed > 0)
