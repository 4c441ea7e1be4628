#!/usr/bin/env bash
# An array of 8 shards and its merge on a real Slurm, with everything that can happen to a task: one is
# killed, one is requeued, a node is cut off while its tasks run and go on running. Afterwards the missing
# shard is submitted again, and the merged file has the bytes of the sweep in one piece.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
export PATH=$PATH:/usr/sbin:/sbin
qheat=(node "$here/../../dist/src/cli/main.js")
SECONDS=0

for needed in "slurmctld slurmctld" "slurmd slurmd" "sbatch slurm-client" "munged munge"; do
  code=0
  # shellcheck disable=SC2086
  bash "$here/install.sh" $needed || code=$?
  [ "$code" = 3 ] && exit 0
  [ "$code" = 0 ] || exit "$code"
done

dir=$(mktemp -d)
chmod 711 "$dir" # munge wants a path that anybody may walk
# a task that was stopped does not end by itself
trap '[ -z "${pid:-}" ] || kill -9 "$pid" 2>/dev/null; bash "$here/slurm-down.sh" "$dir/slurm"; rm -rf "$dir"' EXIT
mkdir "$dir/slurm"
bash "$here/slurm-up.sh" "$dir/slurm"
export SLURM_CONF=$dir/slurm/slurm.conf
cd "$dir"

say() { printf '%3d s  %s\n' "$SECONDS" "$*"; }
fail() {
  say "FAILED: $*"
  squeue -a || true
  ls -la out || true
  tail -n 5 out-logs/* || true
  exit 1
}
# until_true SECONDS COMMAND…
until_true() {
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    [ "$SECONDS" -lt "$end" ] || fail "waited in vain for: $*"
    sleep 0.1
  done
}
say "slurm $(sinfo --version | cut -d' ' -f2) is up, two nodes of two cores"

"${qheat[@]}" sweep "$here/spec.yaml" -o whole.arrow --quiet
# the other backend is slow enough to be disturbed, and has the same bits
"${qheat[@]}" submit slurm "$here/spec.yaml" --shards 8 -o out --merge merged.arrow --time 10 |
  sed 's/ --threads 1$/ --threads 1 --backend js/' >job.sh
said=$(bash job.sh)
say "$said"
array=$(sed 's/^shards: job \([0-9]*\);.*/\1/' <<<"$said")
merge=$(sed 's/.*merge: job \([0-9]*\);.*/\1/' <<<"$said")

# indices of the tasks that run on a node
running_on() { squeue -h -j "$array" -t R -w "$1" -o %K; }
# the attempts of a task: a journal has a line for each batch, and its name ends with the process
journals() { find out -name ".part-0000$1-of-00008.arrow.*.journal" -size +0 2>/dev/null; }
attempts() { [ "$(journals "$2" | wc -l)" = "$1" ]; }
process() { journals "$1" | sed 's/.*-\([0-9]*\)-[0-9a-f]*\.tmp\.journal/\1/'; }
both_on() { [ "$(running_on "$1" | wc -l)" = 2 ]; }
until_true 300 both_on n1
until_true 300 both_on n2
read -r killed requeued < <(running_on n1 | xargs)
read -r lost stalled < <(running_on n2 | xargs)
for index in "$killed" "$requeued" "$lost" "$stalled"; do until_true 300 attempts 1 "$index"; done

kill -9 "$(process "$killed")"
say "task $killed killed with SIGKILL"

scontrol requeue "${array}_$requeued"
say "task $requeued requeued"

task=$(process "$lost")
pid=$(process "$stalled")
kill -STOP "$pid"
kill -9 "$(cat slurm/run/slurmd-n2.pid)"
kill -9 "$(ps -o ppid= -p "$task" | tr -d ' ')" "$task"
scontrol update NodeName=n2 State=DOWN Reason=test
say "node n2 is down: task $lost died with it, task $stalled stalls"
until_true 300 attempts 2 "$stalled"
kill -CONT "$pid"
pid=
say "task $stalled goes on, on n2 and on n1 at once"

over() { [ -z "$(squeue -h -j "$1" 2>/dev/null)" ]; }
until_true 600 over "$array"
until_true 300 over "$merge"
say "the array is over, its merge given up"
[ ! -e merged.arrow ] || fail "a merge without shard $killed"
grep -q "JobId=.* JobState=FAILED" slurm/log/jobcomp.txt || fail "no task has failed"
for index in "$requeued" "$lost"; do
  grep -q "kept from an earlier attempt" out-logs/"${array}_$index".txt ||
    fail "task $index began anew"
done
grep -q "rows of shard $requeued are kept" out-logs/"${array}_$requeued".txt ||
  fail "task $requeued did not hear SIGTERM"
both_ended() { [ "$(grep -c "/out/part-.* 1,000,000 rows " out-logs/"${array}_$stalled".txt)" = 2 ]; }
until_true 300 both_ended
grep -qE "finished (by another attempt|before)" out-logs/"${array}_$stalled".txt ||
  fail "neither attempt at $stalled was the second"
slurmd -N n2 -f "$SLURM_CONF"
code=0
missing=$("${qheat[@]}" merge out -o merged.arrow 2>&1) || code=$?
[ "$code" = 1 ] || fail "merge exits with $code"
grep -q "1 of 8 shards are missing: $killed$" <<<"$missing" || fail "$missing"
say "$missing"

said=$(bash job.sh "$killed,0")
say "only shards $killed and 0 again: $said"
merge=$(sed 's/.*merge: job \([0-9]*\);.*/\1/' <<<"$said")
again=$(sed 's/^shards: job \([0-9]*\);.*/\1/' <<<"$said")
until_true 300 over "$merge"
grep -q "kept from an earlier attempt" out-logs/"${again}_$killed".txt || fail "$killed began anew"
[ "$killed" = 0 ] || grep -q "finished before and found right" out-logs/"${again}_0".txt ||
  fail "task 0 was not left as it was"
cmp merged.arrow whole.arrow || fail "the merged file differs"
"${qheat[@]}" verify out
left=$(ls -A out | grep -cvE '^(plan\.json|part-0000[0-7]-of-00008\.(arrow|json))$' || true)
[ "$left" = 0 ] || fail "$left files are left over"
say "merged.arrow has the bytes of the sweep in one piece"
