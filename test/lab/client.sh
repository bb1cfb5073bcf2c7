#!/bin/sh
# Runs a client program of ROOTFS (docker, its Compose plugin) in the current folder of the machine, which the program
# sees below /host; the folder of the lab, with the socket in it, has the same path inside and outside.
# Needs a mount namespace of its own (unshare --mount).
#   client.sh ROOTFS LABFOLDER COMMAND...
set -e
rootfs=$1 lab=$2
shift 2
folder=$(pwd -P)
mount --make-rprivate /
mount --rbind / "$rootfs/host"
mount -t proc proc "$rootfs/proc"
mount --rbind /dev "$rootfs/dev"
mount -t tmpfs tmpfs "$rootfs/tmp"
mount -t tmpfs tmpfs "$rootfs/root"
mkdir -p "$rootfs$lab"
mount --bind "$lab" "$rootfs$lab"
# Not the PATH outside, on which the lab's own docker command may come first.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
export HOME=/root DOCKER_HOST="${DOCKER_HOST:-unix://$lab/docker.sock}"
unset DOCKER_CONTEXT DOCKER_CONFIG
exec chroot "$rootfs" sh -c 'cd "/host$0" && exec "$@"' "$folder" "$@"
