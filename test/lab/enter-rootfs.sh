#!/bin/sh
# Makes ROOTFS the root of this mount namespace and runs a command in it, with the folder of the lab at /lab.
# Needs a mount and a process namespace of its own (unshare --mount --pid --fork). dockerd wants a real root:
# in a plain chroot it fails with "remount /: invalid argument".
#   enter-rootfs.sh ROOTFS LABFOLDER COMMAND...
set -e
rootfs=$1 lab=$2
shift 2
mount --make-rprivate /
mount --bind "$rootfs" "$rootfs"
mount -t proc proc "$rootfs/proc"
# A new sysfs shows the interfaces of the lab's network namespace; the control groups stay the machine's.
mount -t sysfs sysfs "$rootfs/sys"
mount --rbind /sys/fs/cgroup "$rootfs/sys/fs/cgroup"
# Of two control group hierarchies side by side crun wants none, and Docker uses the first.
if [ -d "$rootfs/sys/fs/cgroup/unified" ]; then mount -t tmpfs tmpfs "$rootfs/sys/fs/cgroup/unified"; fi
mount --rbind /dev "$rootfs/dev"
# Labs that run side by side share one ROOTFS: what an engine writes outside its lab folder goes to memory.
for folder in run tmp etc/docker; do
  mkdir -p "$rootfs/$folder"
  mount -t tmpfs tmpfs "$rootfs/$folder"
done
# The router is the LAN's name server too. It has none, and says so at once: a pull fails in milliseconds.
echo nameserver 192.168.50.1 >"$rootfs/run/resolv.conf"
mount --bind "$rootfs/run/resolv.conf" "$rootfs/etc/resolv.conf"
mkdir -p "$rootfs/lab"
mount --bind "$lab" "$rootfs/lab"
cd "$rootfs"
pivot_root . mnt
exec chroot . sh -c 'umount -l /mnt && exec "$@"' enter "$@"
