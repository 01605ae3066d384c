#!/usr/bin/env bash
# notebooks/kernel.sh [OPTIONS]   makes the notebooks' kernel, "ASM (Java)", known to Jupyter.
#
# OPTIONS are those of `jupyter kernelspec install`, such as --prefix DIR; by default --user.
# A checkout is built first where needed. The kernel is `bin/asm notebook-kernel` of this folder's program.
set -euo pipefail

refuse() {
  printf 'kernel.sh: %s\n' "$*" >&2
  exit 2
}

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)"
[[ -x $root/bin/asm ]] || refuse "expected bin/asm beside the folder notebooks, found none in $root"
command -v jupyter-kernelspec >/dev/null ||
  refuse "no jupyter-kernelspec found; install Jupyter (Debian: apt-get install jupyter-notebook)"
"$root/bin/asm" version >/dev/null

(($# > 0)) || set -- --user
spec="$(mktemp -d)"
trap 'rm -rf "$spec"' EXIT
chmod 755 "$spec"
program="${root//\\/\\\\}/bin/asm"
cat >"$spec/kernel.json" <<END
{
  "argv": ["${program//\"/\\\"}", "notebook-kernel", "{connection_file}"],
  "display_name": "ASM (Java)",
  "language": "java",
  "interrupt_mode": "message"
}
END
jupyter-kernelspec install "$spec" --name asm-java --replace "$@"
