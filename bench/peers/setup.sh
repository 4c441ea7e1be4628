#!/usr/bin/env bash
# The peers' Python in a folder of its own. Nothing but the benchmarks needs it.
set -euo pipefail
cd "$(dirname "$0")"
python3 -m venv .venv
.venv/bin/pip install --quiet --requirement requirements.txt
