#!/bin/bash
# Tries slurm.sh on one machine: starts Slurm with a folder of its own, runs an archive in three parts, compares the merged
# report with that of one run, and stops Slurm. Run it as root, after: apt-get install -y slurm-wlm munge
set -euo pipefail
here=$(realpath "$(dirname "$0")")
root=$(realpath "$here/../..")
folder=$(mktemp -d)
host=$(hostname -s)
export SLURM_CONF="$folder/slurm.conf"

stop() {
  # Each daemon has written its process id.
  for file in "$folder"/*.pid; do
    if [ -s "$file" ]; then kill "$(cat "$file")" 2>/dev/null || true; fi
  done
}
trap stop EXIT

# Munge lets the parts of Slurm trust each other. It runs as its own user, which must own its folders.
chmod 755 "$folder"
mkdir "$folder/munge" "$folder/state" "$folder/spool"
head -c 1024 /dev/urandom >"$folder/munge/key"
chmod 700 "$folder/munge"
chmod 400 "$folder/munge/key"
chown -R munge: "$folder/munge"
mkdir -p /run/munge
chown munge: /run/munge
runuser -u munge -- munged --key-file="$folder/munge/key" --pid-file="$folder/munge/munged.pid" \
  --log-file="$folder/munge/log" --seed-file="$folder/munge/seed"
cp "$folder/munge/munged.pid" "$folder/munged.pid"

cat >"$SLURM_CONF" <<CONF
ClusterName=single
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
ReturnToService=2
MpiDefault=none
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc)
PartitionName=all Nodes=$host Default=YES State=UP
CONF
slurmctld
slurmd

export ARCHIVE="$folder/segment-logs" PARTS="$folder/parts" OF=3 RESULTS="$folder/results"
npm --prefix "$root" run -s archive -- --out "$folder" --events 5000 --mistake stale-bid
"$here/slurm.sh" preflight
npm --prefix "$root" run -s preflight -- "$ARCHIVE" --json >"$folder/whole.json" || [ $? -eq 1 ]

# A place names the folder of the part, and sketches are estimates. There is no other difference.
node -e '
  const [one, other] = process.argv.slice(1).map((file) => {
    const report = JSON.parse(require("node:fs").readFileSync(file, "utf8"))
    return JSON.stringify(report, (key, value) => (["place", "sketches"].includes(key) ? undefined : value))
  })
  if (one !== other) throw new Error("The merged report differs from that of one run.")
' "$folder/results/report.json" "$folder/whole.json"
echo "The merged report of $OF parts is that of one run: $RESULTS/report.html"
