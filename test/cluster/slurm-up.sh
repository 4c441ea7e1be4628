#!/usr/bin/env bash
# A private Slurm on this machine: a controller and two nodes of two cores, everything in DIR, on ports that
# are free. No systemd, no cgroups, no file outside DIR.
#   slurm-up.sh DIR; export SLURM_CONF=DIR/slurm.conf; …; slurm-down.sh DIR
set -euo pipefail
dir=$(readlink -f "$1")
host=$(hostname -s)
user=$(id -un)
mkdir -p "$dir"/{munge,socket,state,log,run,spool/n1,spool/n2}
chmod 711 "$dir"
chmod 700 "$dir/munge"

(umask 077; head -c 128 /dev/urandom >"$dir/munge/key")
munged --key-file="$dir/munge/key" --socket="$dir/socket/munge" --pid-file="$dir/run/munged.pid" \
  --log-file="$dir/munge/log" --seed-file="$dir/munge/seed" --num-threads=2

read -r controller first second < <(node -e '
  const servers = [0, 1, 2].map(() => require("net").createServer().listen(0, "127.0.0.1"));
  setTimeout(() => {
    console.log(servers.map((server) => server.address().port).join(" "));
    servers.forEach((server) => server.close());
  }, 50);
')

# cred_expire: a requeued task waits twice as long as a credential lives, which is 120 s by default
cat >"$dir/slurm.conf" <<CONF
ClusterName=qheat
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$controller
AuthType=auth/munge
AuthInfo=socket=$dir/socket/munge,cred_expire=5
SlurmUser=$user
SlurmdUser=$user
StateSaveLocation=$dir/state
SlurmctldPidFile=$dir/run/slurmctld.pid
SlurmctldLogFile=$dir/log/slurmctld.log
SlurmdSpoolDir=$dir/spool/%n
SlurmdPidFile=$dir/run/slurmd-%n.pid
SlurmdLogFile=$dir/log/slurmd-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/filetxt
JobCompLoc=$dir/log/jobcomp.txt
MpiDefault=none
SwitchType=switch/none
ReturnToService=2
SlurmctldTimeout=10
SlurmdTimeout=300
KillWait=5
MinJobAge=300
JobRequeue=1
SchedulerParameters=batch_sched_delay=0,sched_interval=2,sched_min_interval=0
NodeName=n1 NodeHostname=$host NodeAddr=127.0.0.1 Port=$first CPUs=2 State=UNKNOWN
NodeName=n2 NodeHostname=$host NodeAddr=127.0.0.1 Port=$second CPUs=2 State=UNKNOWN
PartitionName=main Nodes=n1,n2 Default=YES MaxTime=INFINITE State=UP OverSubscribe=NO
CONF

export SLURM_CONF=$dir/slurm.conf
slurmctld -c -f "$SLURM_CONF"
slurmd -c -N n1 -f "$SLURM_CONF"
slurmd -c -N n2 -f "$SLURM_CONF"
for _ in $(seq 300); do
  [ "$(sinfo -h -N -o %T | grep -c '^idle$')" = 2 ] && exit 0
  sleep 0.1
done
echo "Slurm did not come up"
sinfo -N -l
tail -n 20 "$dir"/log/*.log
exit 1
