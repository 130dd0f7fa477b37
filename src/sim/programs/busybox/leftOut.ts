/** Applets that a real BusyBox has and this simulator leaves out; calling one says so. */
export const LEFT_OUT: ReadonlySet<string> = new Set(
  `acpid adjtimex ar arping ascii bc blkdiscard blockdev brctl chvt cpio crc32 crond crontab cttyhack dc deallocvt depmod
  devmem dpkg dpkg-deb dumpkmap dumpleases ed fallocate fatattr fdisk findfs freeramdisk fsfreeze fstrim ftpget ftpput
  getopt getty halt hwclock i2cdetect i2cdump i2cget i2cset i2ctransfer ifdown ifup init insmod ionice ipcalc ipneigh
  klogd linux32 linux64 linuxrc loadfont loadkmap logger login logread losetup lsmod lsscsi lzcat lzma lzop mdev
  microcom mim mkdosfs mke2fs mkpasswd mkswap modinfo modprobe mt nameif nsenter nuke openvt partprobe patch
  pivot_root poweroff rdate reboot renice resume rmmod rpm rpm2cpio run-init run-parts setkeycodes setpriv sha3sum shred
  ssl_client start-stop-daemon sulogin svc svok swapoff swapon switch_root syslogd taskset tc telnet telnetd tftp
  traceroute6 ts tunctl ubirename udhcpc udhcpd uevent uncompress unlzma unzip uudecode uuencode vconfig
  watchdog flock iostat killall5 lsattr lsusb mesg mpstat nmeter ntpd patch pipe_progress pmap pstree pwdx resize
  tsort ttysize vlock volname whois zcip`.split(/\s+/),
);
