#!/bin/sh
# Runs in the root folder that becomes the disk of the virtual machine (chroot). Installs what the machine needs besides
# the engine, and leaves in /boot the kernel as `vmlinuz` and the first root folder that it starts from as `initrd`.
# Ends with 75 when packages cannot be had.
set -e
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq || exit 75
apt-get install -y -qq --no-install-recommends cpio dropbear-bin kmod socat xz-utils || exit 75
kernel=$(apt-cache depends linux-image-cloud-amd64 | sed -n 's/^ *Depends: \(linux-image-[0-9].*\)$/\1/p' | head -n 1)
cd /tmp
apt-get download -qq "$kernel" || exit 75
dpkg-deb -x "$kernel"_*.deb unpacked
version=${kernel#linux-image-}
mv "unpacked/boot/vmlinuz-$version" /boot/vmlinuz

# Only the modules that are used, with what they need, unpacked: less for the emulated processor to do.
depmod -b /tmp/unpacked/usr "$version"
modules() {
  for module in "$@"; do
    modprobe --dirname /tmp/unpacked/usr --set-version "$version" --show-depends "$module"
  done | sed -n 's/^insmod \([^ ]*\).*/\1/p' | sort -u
}
install_modules() { # TARGET MODULE...
  target=$1/lib/modules/$version
  shift
  mkdir -p "$target"
  cp /tmp/unpacked/usr/lib/modules/"$version"/modules.builtin* /tmp/unpacked/usr/lib/modules/"$version"/modules.order "$target"
  for file in $(modules "$@"); do
    to=$target/${file#*"/modules/$version/"}
    mkdir -p "${to%/*}"
    case $file in
      *.xz) xz -dc "$file" >"${to%.xz}" ;;
      *) cp "$file" "$to" ;;
    esac
  done
}
# What the disk and its file system need; whatever the kernel has built in needs no file.
initrd=/tmp/initrd
mkdir -p "$initrd/bin" "$initrd/root" "$initrd/dev" "$initrd/proc"
install_modules "$initrd" virtio_pci virtio_blk ext4
depmod -b "$initrd" "$version"
cp /bin/busybox "$initrd/bin/busybox"
cp /vm/first-init.sh "$initrd/init"
chmod 755 "$initrd/init"
(cd "$initrd" && find . | cpio --quiet -o -H newc | gzip -1) >/boot/initrd

# The engine's, by its own list (moby contrib/check-config.sh), and the drivers of networks.
install_modules /usr virtio_net 8021q macvlan ipvlan dummy veth bridge br_netfilter overlay \
  iptable_nat iptable_filter ip6table_filter ip6table_nat ip6table_raw iptable_raw \
  xt_conntrack xt_MASQUERADE xt_addrtype xt_mark xt_comment xt_nat xt_REDIRECT nf_nat \
  nf_tables nft_compat nft_chain_nat nft_ct
depmod -b / "$version"

mkdir -p /etc/dropbear
dropbearkey -t ed25519 -f /etc/dropbear/host_key | grep '^ssh-ed25519 ' >/boot/ssh_host_key.pub
rm -rf /tmp/* /var/lib/apt/lists/* /var/cache/apt/* /usr/share/doc /usr/share/man /usr/share/locale
