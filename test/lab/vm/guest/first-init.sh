#!/bin/busybox sh
# First program of the virtual machine: finds the disk, unpacks onto it what came with this start (a tar archive on the
# second disk: certificates, who may log in, the machine's own first program), and starts that.
export PATH=/bin
/bin/busybox --install -s /bin
mount -t devtmpfs dev /dev
mount -t proc proc /proc
modprobe -a virtio_pci virtio_blk ext4
for try in 1 2 3 4 5 6 7 8 9 10; do
  [ -b /dev/vda ] && [ -b /dev/vdb ] && break
  sleep 0.2
done
mount -t ext4 /dev/vda /root
tar -xf /dev/vdb -C /root
umount /proc
exec switch_root /root /vm/init.sh
