#!/bin/sh
# Runs all parts on this machine with GNU parallel, as many at once as it has cores: parallel.sh preflight | replay.
#
#   ARCHIVE=segment-logs PARTS=/tmp/parts OF=8 RESULTS=/tmp/results examples/jobs/parallel.sh preflight
#
# job.sh explains the variables. If a part fails, run the same command again.
set -eu
job="$(dirname "$0")/job.sh"

"$job" split
case $1 in
  preflight)
    seq "$OF" | parallel --halt soon,fail=1 "$job" preflight
    "$job" merge
    ;;
  replay)
    seq "$OF" | parallel --halt soon,fail=1 --jobs "${AT_ONCE:-1}" "$job" replay
    ;;
esac
