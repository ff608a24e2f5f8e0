#!/bin/sh
# Runs all parts as an AWS Batch array job: aws-batch.sh preflight | replay. It submits the jobs, and does not wait.
#
#   ARCHIVE=s3://my-bucket/segment-logs PARTS=s3://my-bucket/parts OF=10 RESULTS=/results \
#     QUEUE=my-queue DEFINITION=topsort-archive examples/jobs/aws-batch.sh preflight
#
# job.sh explains the other variables. The job definition has an image with this repository in /app (FROM node:22, COPY . /app,
# RUN npm ci --prefix /app), a role that may read and write the bucket, an EFS volume at RESULTS, and for a replay the
# secret TOPSORT_API_KEY. AWS Batch runs as many children of an array at once as the compute environment has room for, so
# limit it to AT_ONCE for a replay.
set -eu

# submit NAME STEP DEPENDENCY [MORE]: returns the id of the job.
submit() {
  name=$1 step=$2 dependency=$3
  shift 3
  environment=
  for variable in ARCHIVE PARTS OF RESULTS OPTIONS RATE AT_ONCE; do
    eval "value=\${$variable:-}"
    if [ -n "$value" ]; then environment="$environment{\"name\":\"$variable\",\"value\":\"$value\"},"; fi
  done
  aws batch submit-job --query jobId --output text --job-name "$name" --job-queue "$QUEUE" --job-definition "$DEFINITION" \
    --depends-on "$dependency" "$@" \
    --container-overrides "{\"command\":[\"sh\",\"-c\",\"exec /app/examples/jobs/job.sh $step\"],\"environment\":[${environment%,}]}"
}

# The children of an array are counted from 0.
number='$((AWS_BATCH_JOB_ARRAY_INDEX + 1))'

split=$(submit split split '[]')
# An array has at least two children.
parts=$(submit "$1" "$1 $number" "[{\"jobId\":\"$split\"}]" --array-properties "size=$OF" --retry-strategy attempts=10)
if [ "$1" = preflight ]; then submit merge merge "[{\"jobId\":\"$parts\"}]"; fi
