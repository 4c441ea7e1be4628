#!/usr/bin/env bash
# Ends the Slurm of slurm-up.sh, its jobs first.
set -uo pipefail
dir=$(readlink -f "$1")
export SLURM_CONF=$dir/slurm.conf
[ -f "$dir/run/slurmctld.pid" ] && scancel --me 2>/dev/null
for name in slurmd-n1 slurmd-n2 slurmctld munged; do
  pid=$(cat "$dir/run/$name.pid" 2>/dev/null) || continue
  kill "$pid" 2>/dev/null || continue
  for _ in $(seq 100); do
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.1
  done
  kill -9 "$pid" 2>/dev/null
done
exit 0
