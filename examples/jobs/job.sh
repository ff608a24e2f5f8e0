#!/bin/sh
# One step of a large archive in parts: job.sh split | preflight N | merge | replay N. The files beside this one run the
# steps on several machines. docs/scale.md explains them. N is the number of a part, from 1.
#
#   ARCHIVE   what is split: a folder, or s3://bucket/prefix
#   PARTS     where the parts go: a folder, or s3://bucket/prefix
#   OF        how many parts there are
#   RESULTS   a folder for reports and journals, which all machines share
#   OPTIONS   more options of preflight and replay, such as --mappings mappings.json
#   RATE      how many events a second all replays together send. Default: 200
#   AT_ONCE   how many replays run at once. Default: 1
#   PROGRAM   how the program is called. Default: npm in this repository
set -eu

run() {
  if [ -n "${PROGRAM:-}" ]; then
    $PROGRAM "$@"
  else
    command=$1
    shift
    npm --prefix "$(dirname "$0")/../.." run -s "$command" -- "$@"
  fi
}

# An exit code of 1 is a result: money or data is lost, or some events were rejected. Others are failures.
run_with_result() {
  code=0
  run "$@" || code=$?
  [ "$code" -le 1 ] || exit "$code"
}

mkdir -p "$RESULTS"
case $1 in
  split)
    run preflight "$ARCHIVE" --split "$OF" --out "$PARTS"
    ;;
  preflight)
    run_with_result preflight "$PARTS/$2-of-$OF" --json ${OPTIONS:-} >"$RESULTS/$2.json.tmp"
    mv "$RESULTS/$2.json.tmp" "$RESULTS/$2.json"
    ;;
  merge)
    set --
    number=1
    while [ "$number" -le "$OF" ]; do
      set -- "$@" "$RESULTS/$number.json"
      number=$((number + 1))
    done
    run_with_result preflight --merge "$@" --report "$RESULTS/report.html" --json >"$RESULTS/report.json"
    ;;
  replay)
    # Topsort limits requests by address, so the replays that run at once share one rate.
    run_with_result replay "$PARTS/$2-of-$OF" --to-topsort --yes --resume ${OPTIONS:-} \
      --journal "$RESULTS/$2.journal" --rejected "$RESULTS/$2.rejected.jsonl" \
      --rate "$((${RATE:-200} / ${AT_ONCE:-1}))"
    ;;
esac
