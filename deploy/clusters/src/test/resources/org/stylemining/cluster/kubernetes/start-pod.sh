#!/usr/bin/env bash
# start-pod.sh FOLDER CONTROL_PLANE ...   runs pod.sh as the first process of namespaces of its own, below those of the
# control plane (a process's number), and writes its exit status to FOLDER/status.
set -uo pipefail
folder="$1" control="$2"
nsenter --target "$control" --pid --net \
  unshare --net --pid --mount --uts --ipc --fork --kill-child --propagation private \
  bash "$(dirname "${BASH_SOURCE[0]}")/pod.sh" "$@"
status=$?
echo "$status" >"$folder/status.part"
mv "$folder/status.part" "$folder/status"
exit "$status"
