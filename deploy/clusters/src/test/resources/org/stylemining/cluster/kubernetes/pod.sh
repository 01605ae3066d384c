#!/usr/bin/env bash
# pod.sh FOLDER CONTROL_PLANE NAME ADDRESS WRITABLE USER GROUP GROUPS   becomes a pod's container. FOLDER holds
#   image        files laid over this machine's own: mount points, hosts, accounts
#   mounts       lines of `kind source target`, tab-separated; kind is ro or rw
#   environment  NAME=VALUE, each ended by NUL
#   command      words, each ended by NUL; the first is the folder it runs in
set -euo pipefail
folder="$1" control="$2" name="$3" address="$4" writable="$5" user="$6" group="$7" groups="$8"

# The pod's end of a cable to the control plane's bridge. This is process 1 here.
hub() { nsenter --net="/proc/$control/ns/net" "$@"; }
port="pod${address##*.}"
hub ip link add "$port" type veth peer name eth0 netns 1
hub ip link set "$port" master bridge up
ip addr add "$address/24" dev eth0
ip link set eth0 up
ip link set lo up
hostname "$name"

# Layers of a file system: the machine's own, the image's files, and what the pod writes, in memory.
layers="$folder/layers"
root="$layers/root"
mkdir -p "$layers"
mount -t tmpfs tmpfs "$layers"
mkdir "$root" "$layers/written" "$layers/work"
cp -a "$folder/image" "$layers/image"
if [[ $writable == true ]]; then
  mount -t overlay overlay \
    -o "lowerdir=$layers/image:/,upperdir=$layers/written,workdir=$layers/work" "$root"
else
  mount -t overlay overlay -o "lowerdir=$layers/image:/" "$root"
fi
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
for path in tmp run; do
  mount -t tmpfs -o mode=1777 tmpfs "$root/$path"
  [[ $writable == true ]] || mount -o remount,ro "$root/$path"
done
while IFS=$'\t' read -r kind source target; do
  mount --bind "$source" "$root$target"
  [[ $kind == rw ]] || mount -o "remount,bind,ro" "$root$target"
done <"$folder/mounts"

mapfile -d '' -t environment <"$folder/environment"
mapfile -d '' -t words <"$folder/command"
exec chroot "$root" setpriv --reuid="$user" --regid="$group" --groups="$groups" --no-new-privs --inh-caps=-all \
  --bounding-set=-all env -i --chdir="${words[0]}" "${environment[@]}" "${words[@]:1}"
