#!/usr/bin/env bash
# What Spark and the driver cost beside training: an epoch over many small image pairs with the smallest network, two executors.
#
#   benchmarks/scaling.sh [--pairs N] [--data DIR]
#
# N pairs (50000) are drawn into DIR, or DIR's are taken as they are. Prints the times of listing the sets and of one epoch's rounds, and the
# driver's memory.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
pairs=50000
data=
while (($# > 0)); do
  case "$1" in
    --pairs) pairs="$2" && shift 2 ;;
    --data) data="$2" && shift 2 ;;
    -h | --help) sed -n '2,7s/^# \{0,1\}//p' "$0" && exit 0 ;;
    *) echo "unknown argument $1; see --help" >&2 && exit 2 ;;
  esac
done
work="$(mktemp -d)"
trap 'rm -r "$work"' EXIT
if [[ -z "$data" ]]; then
  data="$work/data"
  bin/asm make-demo-data --out "$data" --images "$((pairs / 2))" --target 4 --width 64 --height 32 >/dev/null
fi
pairs="$(find "$data/gta5/images" "$data/synthia/RGB" -name '*.png' | wc -l)"
cat >"$work/epoch.conf" <<CONF
include "reference.conf"
data {
  sources = [{ type = gta5, root = "$data/gta5" }, { type = synthia, root = "$data/synthia" }]
  resize { width = 64, height = 32 }
  crop { width = 64, height = 32 }
}
model { backbone = resnet18, width = 0.05, rates = [1], batch-norm { affine = trained } }
training { method = source-only, batch = 10, updates = $((pairs / 20)), warm-up = 0 }
cluster { workers = 2, sync-every = 10 }
checkpoint { every = 1000000 }
CONF
echo "$pairs pairs, batches of 10, 2 workers, rounds of 10 updates"
bin/asm bench feed "$work/epoch.conf" --samples 500
start="$(date +%s%N)"
bin/asm --master 'local-cluster[2,1,2048]' --conf spark.executor.memory=1g --driver-memory 1g train "$work/epoch.conf" --out "$work/run" >"$work/out" 2>&1 || { tail -n 20 "$work/out" >&2; exit 1; }
echo "the command: $(((($(date +%s%N) - start)) / 1000000000)) s"
metrics="$work/run/metrics.jsonl"
# Lines of one kind are written field by field in one order.
sed -n 's/.*"kind":"round".*"seconds":\([0-9.E-]*\),"trainSeconds":\([0-9.E-]*\),"syncSeconds":\([0-9.E-]*\).*/\1 \2 \3/p' "$metrics" |
  awk 'NR > 10 { all += $1; train += $2; sync += $3; n++ } END { printf "%d rounds; behind the tenth %.0f ms each, of them %.0f ms of training, %.0f ms of Spark, sending and averaging\n", NR, 1000 * all / n, 1000 * train / n, 1000 * sync / n }'
sed -n 's/.*"kind":"memory","round":\([0-9]*\),"executor":"\([^"]*\)".*"residentBytes":\([0-9]*\),"arrayBytes":[0-9]*,"heapBytes":\([0-9]*\).*/\1 \2 \3 \4/p' "$metrics" |
  awk '$2 == "driver" && $3 > r { r = $3; h = $4; n = $1 } END { printf "driver: at most %.0f MB resident, %.0f MB of heap then (round %d)\n", r / 1048576, h / 1048576, n }'
