#!/usr/bin/env bash
# 8 shards by GNU parallel, four at a time: two are killed, and --resume-failed runs them again.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
main=$here/../../dist/src/cli/main.js
SECONDS=0

code=0
bash "$here/install.sh" parallel parallel || code=$?
[ "$code" = 3 ] && exit 0
[ "$code" = 0 ] || exit "$code"

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
fail() {
  echo "FAILED: $*"
  cat joblog
  exit 1
}
node "$main" sweep "$here/spec.yaml" -o whole.arrow --quiet
shards() {
  seq 0 7 | parallel --will-cite --joblog joblog --resume-failed -j 4 \
    node "$main" sweep "$here/spec.yaml" --shards 8 --shard '{}' -o out --threads 1 --backend js --quiet
}
shards &
running=$!
for index in 1 2; do
  # its journal has a line when it has a batch, and its name ends with the process
  for _ in $(seq 3000); do
    journal=$(find out -name ".part-0000$index-of-00008.arrow.*.journal" -size +0 2>/dev/null || true)
    [ -n "$journal" ] && break
    sleep 0.1
  done
  kill -9 "$(sed 's/.*-\([0-9]*\)-[0-9a-f]*\.tmp\.journal/\1/' <<<"$journal")"
done
code=0
wait "$running" || code=$?
[ "$code" = 2 ] || fail "parallel counts $code failed tasks, not 2"
code=0
said=$(node "$main" merge out -o merged.arrow 2>&1) || code=$?
[ "$code" = 1 ] && grep -q "2 of 8 shards are missing: 1-2$" <<<"$said" || fail "merge: $said"
shards
node "$main" merge out -o merged.arrow --quiet
cmp merged.arrow whole.arrow || fail "the merged file differs"
echo "GNU parallel: two of eight shards killed and resumed, the bytes of the sweep in one piece, in $SECONDS s"
