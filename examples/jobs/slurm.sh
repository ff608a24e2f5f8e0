#!/bin/sh
# Runs all parts as a Slurm job array, and waits for the end: slurm.sh preflight | replay.
#
#   ARCHIVE=/data/segment-logs PARTS=/data/parts OF=8 RESULTS=/data/results examples/jobs/slurm.sh preflight
#
# job.sh explains the variables. sbatch hands them on. All machines see the same folders.
set -eu
job=$(realpath "$(dirname "$0")/job.sh")
mkdir -p "$RESULTS"
submit() { sbatch --parsable --output="$RESULTS/%x-%j.log" "$@"; }

split=$(submit --job-name=split --wrap="exec '$job' split")
case $1 in
  preflight)
    # --kill-on-invalid-dep ends the jobs that wait for one that has failed.
    parts=$(submit --job-name=preflight --array="1-$OF" --dependency="afterok:$split" --kill-on-invalid-dep=yes \
      --wrap="exec '$job' preflight \$SLURM_ARRAY_TASK_ID")
    submit --job-name=merge --dependency="afterok:$parts" --kill-on-invalid-dep=yes --wait --wrap="exec '$job' merge"
    ;;
  replay)
    submit --job-name=replay --array="1-$OF%${AT_ONCE:-1}" --dependency="afterok:$split" --kill-on-invalid-dep=yes \
      --wait --wrap="exec '$job' replay \$SLURM_ARRAY_TASK_ID"
    ;;
esac
