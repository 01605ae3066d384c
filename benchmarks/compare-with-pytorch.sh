#!/usr/bin/env bash
# Times `bin/asm bench step` against the same work in PyTorch, in turn, and prints the medians and their ratio.
#
#   benchmarks/compare-with-pytorch.sh [--rounds N] [--threads T] [CASE ...]
#
# CASE: segmentation-128x256, segmentation-256x512, segmentation-480x960, classification-64x64, inference-512x1024; all by
# default. A round runs both programs once, each for some iterations, of which the first is not counted: it compiles and
# allocates. Needs Debian's python3-torch and libopenblas0-pthread, and a machine that does nothing else.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
python="${ASM_PYTHON:-/usr/bin/python3}"
rounds=3
threads="$(nproc)"
cases=()
while (($# > 0)); do
  case "$1" in
    --rounds) rounds="$2" && shift 2 ;;
    --threads) threads="$2" && shift 2 ;;
    -h | --help) sed -n '2,9s/^# \{0,1\}//p' "$0" && exit 0 ;;
    -*) echo "unknown option $1; see --help" >&2 && exit 2 ;;
    *) cases+=("$1") && shift ;;
  esac
done
((${#cases[@]} > 0)) || cases=(segmentation-128x256 segmentation-256x512 segmentation-480x960 classification-64x64 inference-512x1024)
"$python" -c 'import torch' 2>/dev/null || {
  echo "$python has no PyTorch: apt-get install python3-torch libopenblas0-pthread, or set ASM_PYTHON" >&2
  exit 2
}
bin/asm version >/dev/null # builds where needed, before anything is timed

work="$(mktemp -d)"
trap 'rm -r "$work"' EXIT

grep -m 1 'model name' /proc/cpuinfo | sed 's/.*: //'
echo "$(grep -ow -m 1 avx512f /proc/cpuinfo | head -n 1 || true) $(grep -ow -m 1 avx2 /proc/cpuinfo | head -n 1), $threads threads, $(date +%F), $("$python" -c 'import torch; print("PyTorch", torch.__version__)'), $(bin/asm version)"
printf '%-24s %28s %28s %7s %s\n' case 'asm: s median (min-max)' 'PyTorch: s median (min-max)' ratio 'peak MB, asm / PyTorch'

# Seconds per part and peak memory of the iterations behind the first, one pair a line.
timed() { "$@" 2>"$work/err" | awk '/^iteration/ && !/^iteration 0 / { for (i = 1; i < NF; i++) { if ($(i + 1) == "s" && $(i + 2) == "per") s = $i; if ($i == "peak") m = $(i + 1) } print s, m }' || { cat "$work/err" >&2; return 1; }; }

summary() { # file: median, minimum, maximum of the seconds, largest memory
  sort -n "$1" | awk '{ s[NR] = $1; if ($2 > m) m = $2 } END { printf "%.3f %.3f %.3f %d", (s[int((NR + 1) / 2)] + s[int(NR / 2) + 1]) / 2, s[1], s[NR], m }'
}

for case in "${cases[@]}"; do
  task="${case%-*}"
  size="${case##*-}"
  options=(--task "$task" --height "${size%x*}" --width "${size#*x}" --threads "$threads")
  every=(--every-gradient)
  case "$task" in
    segmentation) options+=(--depth 2 --iterations "$((${size%x*} < 400 ? 4 : 3))") ;;
    classification) options+=(--batch 16 --depth 5 --iterations 9) ;;
    inference) options+=(--iterations 6) every=() ;;
    *) echo "unknown case $case; see --help" >&2 && exit 2 ;;
  esac
  : >"$work/asm"
  : >"$work/torch"
  for ((i = 0; i < rounds; i++)); do
    timed bin/asm bench step "${options[@]}" ${every[@]+"${every[@]}"} >>"$work/asm"
    timed "$python" benchmarks/step_torch.py "${options[@]}" >>"$work/torch"
  done
  read -r a amin amax amem <<<"$(summary "$work/asm")"
  read -r t tmin tmax tmem <<<"$(summary "$work/torch")"
  printf '%-24s %28s %28s %7s %s\n' "$case" "$a ($amin-$amax)" "$t ($tmin-$tmax)" \
    "$(awk -v a="$a" -v t="$t" 'BEGIN { printf "%.2f", a / t }')" "$amem / $tmem ($(awk -v a="$amem" -v t="$tmem" 'BEGIN { printf "%.2f", a / t }'))"
done
