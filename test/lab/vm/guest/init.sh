#!/bin/sh
# The virtual machine's own first program: brings up what an engine needs, and the engine.
#   2375  the engine without protection (forwarded from its socket)
#   2376  the engine with TLS in both directions
#   22    ssh; it offers passwords, but nobody here has one
#   23    commands for the tests (control.sh)
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev 2>/dev/null
mkdir -p /dev/pts /dev/shm
mount -t devpts devpts /dev/pts
mount -t cgroup2 cgroup2 /sys/fs/cgroup
for folder in /run /tmp /dev/shm; do mount -t tmpfs tmpfs "$folder"; done
ln -sfn /proc/self/fd /dev/fd
modprobe dummy numdummies=0
modprobe -a virtio_net 8021q macvlan ipvlan veth bridge br_netfilter overlay

hostname vm
ip link set lo up
# The card that leads to the tests; eth0 is to be the trunk.
for path in /sys/class/net/*/device; do
  [ -e "$path" ] || continue
  card=${path%/device}
  ip link set "${card##*/}" name outside
done
ip address add 10.0.2.15/24 dev outside
ip link set outside up
ip route add default via 10.0.2.2
echo 1 >/proc/sys/net/ipv4/ip_forward
echo nameserver 127.0.0.1 >/etc/resolv.conf

# A cable from this host to another network namespace, with the same name at both ends.
cable() { # NAMESPACE NAME OCTET
  ip link add "$2" address "52:54:00:00:$3:10" type veth peer name "$2" address "52:54:00:00:$3:01" netns "$1"
  ip link set "$2" up
  ip -n "$1" link set "$2" up
}
# lan0 and lan1: the same LANs as in the other labs (lan.mjs).
ip netns add router
ip -n router link set lo up
for lan in 50 60; do
  name=lan$((lan / 10 - 5))
  cable router "$name" "$lan"
  ip address add 192.168.$lan.10/24 brd + dev "$name"
  ip address add fd00:$lan::10/64 dev "$name" nodad
  ip -n router address add 192.168.$lan.1/24 brd + dev "$name"
  ip -n router address add fd00:$lan::1/64 dev "$name" nodad
done
# eth0: a trunk to a switch that untags the VLANs 10 and 20, each for a machine of its own: 192.168.10.1 in the network
# namespace vlan10, 192.168.20.1 in vlan20.
ip netns add switch
cable switch eth0 70
for vlan in 10 20; do
  ip netns add vlan$vlan
  ip -n switch link add link eth0 name port type vlan id $vlan
  ip -n switch link set port netns vlan$vlan
  ip -n vlan$vlan address add 192.168.$vlan.1/24 brd + dev port
  ip -n vlan$vlan link set lo up
  ip -n vlan$vlan link set port up
done

dropbear -E -r /etc/dropbear/host_key -p 22
# By itself socat waits half a second for the other direction when one has ended.
socat -t 3600 -lf /dev/null TCP-LISTEN:23,reuseaddr,fork EXEC:/vm/control.sh &
socat -t 3600 -lf /dev/null TCP-LISTEN:2375,reuseaddr,fork UNIX-CONNECT:/run/docker.sock &
# By itself the engine gives its containerd 15 seconds to start, which a busy machine does not keep.
cat >/run/containerd.toml <<EOF
version = 2
root = "/var/lib/docker/containerd"
state = "/run/containerd"
disabled_plugins = ["io.containerd.grpc.v1.cri", "io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.btrfs",
  "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.zfs", "io.containerd.tracing.processor.v1.otlp"]
[grpc]
address = "/run/containerd/containerd.sock"
EOF
containerd --config /run/containerd.toml --log-level warn &
until [ -S /run/containerd/containerd.sock ]; do sleep 0.2; done
# It sets no packet filters: they say nothing about macvlan, and are most of what it does at its start.
exec tini -- dockerd --containerd /run/containerd/containerd.sock --exec-root /run/docker \
  --iptables=false --ip6tables=false --host unix:///run/docker.sock --host tcp://0.0.0.0:2376 \
  --tlsverify --tlscacert /vm/tls/ca.pem --tlscert /vm/tls/server.pem --tlskey /vm/tls/server-key.pem
