#!/usr/bin/env bash
# control-plane.sh FOLDER KUBE_APISERVER ADDRESS   etcd and the API server of a cluster that lives in namespaces of its own:
# this script is their first process, so all ends with it. It ends when its input does, or when one of its children ends.
# The network is a bridge with ADDRESS, which pods join; the world outside reaches the API server by FOLDER/api.socket.
set -euo pipefail
folder="$1" server="$2" address="$3"

ip link set lo up
# An address of its own: else it is the lowest of its pods', and the others lose the bridge when that pod ends.
ip link add bridge address 02:00:00:00:00:01 type bridge
ip addr add "$address/24" dev bridge
ip link set bridge up

# Without input, bash gives a child in the background none: the pipe is kept as number 3.
exec 3<&0
cat <&3 >/dev/null &

etcd --data-dir "$folder/etcd" --unsafe-no-fsync --log-level error \
  --listen-client-urls http://127.0.0.1:2379 --advertise-client-urls http://127.0.0.1:2379 \
  --listen-peer-urls http://127.0.0.1:2380 >"$folder/etcd.log" 2>&1 &

"$server" --etcd-servers=http://127.0.0.1:2379 \
  --bind-address=0.0.0.0 --advertise-address="$address" --secure-port=443 --cert-dir="$folder/certificates" \
  --service-cluster-ip-range=10.96.0.0/24 \
  --service-account-key-file="$folder/accounts.key" --service-account-signing-key-file="$folder/accounts.key" \
  --service-account-issuer=https://kubernetes.default.svc --api-audiences=api \
  --authorization-mode=RBAC --disable-admission-plugins=ServiceAccount --token-auth-file="$folder/tokens.csv" \
  --audit-policy-file="$(dirname "${BASH_SOURCE[0]}")/audit.yaml" --audit-log-path="$folder/audit.log" &

socat "UNIX-LISTEN:$folder/api.socket,fork" TCP:127.0.0.1:443 &

wait -n
