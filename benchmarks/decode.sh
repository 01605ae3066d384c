#!/usr/bin/env bash
# Times PNG decoders on the same images, one thread each: this program's, other Java libraries', Python's PIL and pngtopnm.
#
#   benchmarks/decode.sh [FILE.png ...]
#
# Without files: a drawn street scene of 1914x1052 pixels, GTA5's size. Needs Maven, and for the last two Debian's python3-pil and netpbm.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
case "${1:-}" in -h | --help) sed -n '2,6s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" && exit 0 ;; esac
work="$(mktemp -d)"
trap 'rm -r "$work"' EXIT
if (($# == 0)); then
  bin/asm make-demo-data --out "$work/demo" --images 1 --target 4 --width 1914 --height 1052 >/dev/null
  set -- "$(find "$work/demo" -path '*images*' -name '*.png' | head -n 1)"
fi
mvn -B -ntp -q -f benchmarks/decoders/pom.xml dependency:build-classpath -Dmdep.outputFile="$work/classpath"
classpath="$work/classes:asm-core/target/classes:$(cat "$work/classpath")"
mkdir "$work/classes"
javac -d "$work/classes" -cp "$classpath" benchmarks/decoders/src/main/java/org/stylemining/decoders/*.java
java -Xmx1g -cp "$classpath" org.stylemining.decoders.Decoders "$@"
python="${ASM_PYTHON:-/usr/bin/python3}"
if "$python" -c 'import PIL' 2>/dev/null; then
  "$python" - "$@" <<'PY'
import io, sys, time
import PIL
from PIL import Image
for name in sys.argv[1:]:
    data = open(name, "rb").read()
    times = []
    for _ in range(20):
        start = time.perf_counter()
        Image.open(io.BytesIO(data)).convert("RGB").tobytes()
        times.append(1e3 * (time.perf_counter() - start))
    times.sort()
    print("%s\n  %-32s %7.1f ms median, %7.1f least" % (name.split("/")[-1], "PIL " + PIL.__version__, times[10], times[0]))
PY
fi
if command -v pngtopnm >/dev/null; then
  for file in "$@"; do
    start="$(date +%s%N)"
    for _ in 1 2 3 4 5 6 7 8 9 10; do pngtopnm "$file" >/dev/null; done
    echo "$(basename "$file")"
    printf '  %-32s %7.1f ms mean, a process each time\n' pngtopnm "$(($(date +%s%N) - start))e-7"
  done
fi
