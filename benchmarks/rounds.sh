#!/usr/bin/env bash
# Trains many short sync rounds of a small network with two executors in processes of their own, and prints what memory the
# driver and the executors have along the way: it should not grow.
#
#   benchmarks/rounds.sh [--rounds N] [--out DIR] [--live EVERY]
#
# DIR gets the data, the generator and the run; by default a folder that is removed at the end. With --live every heap is swept
# each so many rounds, and what is left in it, and what Java keeps for it, is printed (with the JDK's jcmd).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
rounds=500
out=""
live=0
while (($# > 0)); do
  case "$1" in
    --rounds) rounds="$2" && shift 2 ;;
    --out) out="$2" && shift 2 ;;
    --live) live="$2" && shift 2 ;;
    -h | --help) sed -n '2,8s/^# \{0,1\}//p' "$0" && exit 0 ;;
    *) echo "unknown argument $1; see --help" >&2 && exit 2 ;;
  esac
done
if [[ -z $out ]]; then
  out="$(mktemp -d)"
  trap 'rm -r "$out"' EXIT
fi

small=(model.width=0.125 data.resize.width=64 data.resize.height=32 data.crop.width=64 data.crop.height=32
  style.latent=8 style.hidden=16 style.pretrain.iterations=4 style.pretrain.batch=2 style.pretrain.sync-every=2
  style.pretrain.resize.width=64 style.pretrain.resize.height=32 style.pretrain.crop=32 style.pretrain.bank.size=40
  style.pretrain.bank.iterations=10 style.pretrain.bank.batch=8 style.pretrain.encoder-training.iterations=4
  style.pretrain.encoder-training.batch=2 training.batch=2 cluster.sync-every=2 checkpoint.every=50 training.updates=$((2 * rounds)))
export ASM_DEMO_DATA="$out/data" ASM_RAIN="$out/rain"
[[ -d $out/data ]] || bin/asm make-demo-data --out "$out/data" >&2
[[ -d $out/rain ]] || bin/asm --master 'local[2]' pretrain demo "${small[@]}" --out "$out/rain" >&2
bin/asm --master 'local-cluster[2,1,1024]' --conf spark.executor.memory=1g --driver-memory 1g train demo "${small[@]}" --out "$out/run" >&2 &
training=$!

# The driver is the command itself, the executors are its children.
sweep() {
  local process name
  for process in "$training" $(pgrep -P "$training" -x java); do
    name="$(tr '\0' '\n' <"/proc/$process/cmdline" | sed -n '/^--executor-id$/{n;p}')"
    jcmd "$process" GC.run >/dev/null && jcmd "$process" GC.heap_info |
      awk -v round="$1" -v name="${name:-driver}" '
        match($0, /total [0-9]+K/) && !/Metaspace/ { total += substr($0, RSTART + 6, RLENGTH - 7) }
        match($0, /used [0-9]+K/) && !/Metaspace|class space/ { used += substr($0, RSTART + 5, RLENGTH - 6) }
        END { printf "%5d  %-9s %12.0f %13.0f\n", round, name, used / 1024, total / 1024 }' ||
      true # it has ended
  done
}
if ((live > 0)); then
  echo "round  process      live MB  committed MB"
  next=$live
  while kill -0 "$training" 2>/dev/null; do
    done="$(sed -n 's/.*"kind":"round","round":\([0-9]*\).*/\1/p' "$out/run/metrics.jsonl" 2>/dev/null | tail -n 1 || true)" # not there yet
    if ((${done:-0} >= next)); then
      sweep "$done"
      next=$((done + live))
    fi
    sleep 1
  done
fi
wait "$training"

# Lines of one kind are written field by field in one order.
echo "round  process    resident MB  arrays MB  heap MB"
sed -n 's/.*"kind":"memory","round":\([0-9]*\),"executor":"\([^"]*\)".*"residentBytes":\([0-9]*\),"arrayBytes":\([0-9]*\),"heapBytes":\([0-9]*\).*/\1 \2 \3 \4 \5/p' \
  "$out/run/metrics.jsonl" |
  awk -v last="$rounds" '$1 == 10 || $1 == 50 || $1 % 100 == 0 || $1 == last { printf "%5d  %-9s %12.0f %10.0f %8.0f\n", $1, $2, $3 / 1048576, $4 / 1048576, $5 / 1048576 }'
