#!/usr/bin/env bash
# Reads files of every format with the readers people use, compares every bit and all metadata, and runs
# the examples of docs/tools.md. Installs the readers, pinned, from PyPI and npm into a temporary folder.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
qheat=(node "$root/dist/src/cli/main.js")

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
  numpy==2.4.6 pyarrow==26.0.1 pandas==3.1.1 polars==2.1.0 duckdb==2.0.1
export PATH="$work/venv/bin:$PATH"
cp "$root"/test/readers/*.mjs "$work"
# nodejs-polars does not find the package of the platform by itself on Node 20
npm install --prefix "$work" --silent --no-audit --no-fund --no-save \
  apache-arrow@21.2.0 @uwdata/flechette@2.6.0 @duckdb/node-api@1.5.6-r.1 fzstd@0.1.1 lz4js@0.2.0 \
  nodejs-polars@0.26.1 "nodejs-polars-$(node -p 'process.platform + "-" + process.arch')-gnu@0.26.1"

node "$root/test/readers/make.mjs" "$work"
failed=0
python "$root/test/readers/read.py" "$work" || failed=1
node "$work/read.mjs" "$work" || failed=1

# Arrow files that pyarrow has compressed, as the points of a spec
python "$root/test/readers/points.py" "$work" "${qheat[@]}" || failed=1

# 10^12 rows, of which the reader takes three batches
"${qheat[@]}" sweep "$root/test/readers/endless.json" -o - --quiet |
  python "$root/test/readers/pipe.py" || failed=1

# each block of code in the docs, in a folder with the files that it reads
cd "$work"
for kind in arrow arrows parquet csv; do
  "${qheat[@]}" sweep "$root/examples/redfield-map.yaml" -o "map.$kind" --quiet
done
for codec in zstd lz4; do
  "${qheat[@]}" sweep "$root/examples/redfield-map.yaml" -o "map.$codec.arrow" --compress "$codec" --quiet
done
cp "$root/examples/redfield-map.yaml" spec.yaml
printf '#!/bin/sh\nexec node %q "$@"\n' "$root/dist/src/cli/main.js" >venv/bin/qheat
chmod +x venv/bin/qheat
awk '/^```/ { inside = !inside; if (inside) { name = sprintf("block-%02d.%s", ++n, substr($0, 4)); next } }
     inside { print > name }' "$root/docs/tools.md"
for block in block-*; do
  case $block in
    *.python) python "$block" ;;
    *.js) cp "$block" "$block.mjs" && node "$block.mjs" ;;
    *.sh) bash -euo pipefail "$block" ;;
    *) echo "docs/tools.md: nothing runs $block" && false ;;
  esac >out.txt 2>&1 || { failed=1 && cat "$block" out.txt; }
  printf '%-32s%s\n' "docs/tools.md, $block" "$([ -s out.txt ] && head -c 40 out.txt | head -1)"
done

# the examples of the other pages that want Python, which npm test leaves out where it has none
(cd "$root" && npx vitest run test/docs/examples.test.ts -t "README|tutorial") || failed=1
if [ "$failed" -gt 0 ]; then echo "a reader does not read what was written" >&2; fi
exit "$failed"
