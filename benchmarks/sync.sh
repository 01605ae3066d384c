#!/usr/bin/env bash
# Times sync rounds without training, with 1, 2 and 4 executors in processes of their own on this machine.
#
#   benchmarks/sync.sh [--rounds N] [--heap MEMORY]
#
# MEMORY is the Java heap of the driver and of each executor.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
rounds=6
heap=3g
while (($# > 0)); do
  case "$1" in
    --rounds) rounds="$2" && shift 2 ;;
    --heap) heap="$2" && shift 2 ;;
    -h | --help) sed -n '2,6s/^# \{0,1\}//p' "$0" && exit 0 ;;
    *) echo "unknown argument $1; see --help" >&2 && exit 2 ;;
  esac
done
for executors in 1 2 4; do
  echo "executors: $executors"
  bin/asm --master "local-cluster[$executors,1,8192]" --conf spark.executor.memory="$heap" --driver-memory "$heap" bench sync --rounds "$rounds"
done
