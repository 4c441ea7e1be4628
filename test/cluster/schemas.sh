#!/usr/bin/env bash
# What `qheat submit` prints for Kubernetes and AWS Batch, against their published schemas: the OpenAPI
# schema of Kubernetes (PyPI kubernetes-validate) and the service model of AWS Batch (PyPI botocore).
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
qheat=(node "$here/../../dist/src/cli/main.js")
venv=$here/.venv
if [ ! -x "$venv/bin/python" ] || ! "$venv/bin/python" -c "import kubernetes_validate, botocore" 2>/dev/null; then
  if ! { python3 -m venv --clear "$venv" && "$venv/bin/pip" install -q -r "$here/requirements.txt"; } >"$here/.venv.log" 2>&1; then
    echo "SKIPPED: the schemas cannot be installed: $(tail -n 1 "$here/.venv.log")"
    exit 0
  fi
fi

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
printf '#!/bin/sh\nexec "%s" "%s" aws "$@"\n' "$venv/bin/python" "$here/schemas.py" >"$dir/aws"
chmod +x "$dir/aws"
common=("$here/spec.yaml" --shards 8 -o results/map --image registry.example/qheat:0.1 --threads 2)
for merge in "" "--merge results/map.arrow"; do
  # shellcheck disable=SC2086
  "${qheat[@]}" submit kubernetes "${common[@]}" $merge --volume claim --parallel 4 |
    "$venv/bin/python" "$here/schemas.py" kubernetes
  # shellcheck disable=SC2086
  "${qheat[@]}" submit aws "${common[@]}" $merge --volume fs-0123456789abcdef0 --queue spot >"$dir/job.sh"
  PATH=$dir:$PATH bash "$dir/job.sh"
done
