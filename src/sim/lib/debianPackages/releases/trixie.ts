/** Debian 13: what its image has installed (name, version, KiB), and what its archive offers (name, version, bytes to fetch, KiB). */
export const base = `
apt 3.0.4 4481
base-files 13.8+deb13u8 500
base-passwd 3.6.7 272
bash 5.2.37-2+b10 7196
bsdutils 1:2.41.5-0+deb13u1 401
coreutils 9.7-3 18457
dash 0.5.12-12 207
debconf 1.5.91 497 all
debian-archive-keyring 2025.1 302 all
debianutils 5.23.2 225
diffutils 1:3.10-4 1768
dpkg 1.22.22 6587
findutils 4.10.0-3 2160
gcc-14-base 14.2.0-19 112
grep 3.11-4 1266
gzip 1.13-1+deb13u1 256
hostname 3.25 50
init-system-helpers 1.69~deb13u1 133 all
libacl1 2.3.2-2+b1 74
libapt-pkg7.0 3.0.4 3856
libattr1 1:2.5.2-3 60
libaudit-common 1:4.0.2-2+deb13u1 25 all
libaudit1 1:4.0.2-2+deb13u1 198
libblkid1 2.41.5-0+deb13u1 453
libbsd0 0.12.2-2 214
libbz2-1.0 1.0.8-6 96
libc-bin 2.41-12+deb13u5 2123
libc6 2.41-12+deb13u5 13223
libcap-ng0 0.8.5-4+b1 66
libcap2 1:2.75-10+deb13u1+b3 92
libcrypt1 1:4.4.38-1 234
libdb5.3t64 5.3.28+dfsg2-9 1854
libdebconfclient0 0.280 38
libgcc-s1 14.2.0-19 197
libgmp10 2:6.3.0+dfsg-3 882
libhogweed6t64 3.10.1-1 483
liblastlog2-2 2.41.5-0+deb13u1 75
liblz4-1 1.10.0-4 173
liblzma5 5.8.1-1+deb13u2 435
libmd0 1.1.0-2+b1 94
libmount1 2.41.5-0+deb13u1 565
libnettle8t64 3.10.1-1 560
libpam-modules 1.7.0-5 923
libpam-modules-bin 1.7.0-5 206
libpam-runtime 1.7.0-5 1028 all
libpam0g 1.7.0-5 194
libpcre2-8-0 10.46-1~deb13u3 774
libseccomp2 2.6.0-2 201
libselinux1 3.8.1-1 229
libsemanage-common 3.8.1-1 21 all
libsemanage2 3.8.1-1 313
libsepol2 3.8.1-1 835
libsmartcols1 2.41.5-0+deb13u1 377
libsqlite3-0 3.46.1-7+deb13u2 1834
libssl3t64 3.5.9-1~deb13u1 8125
libstdc++6 14.2.0-19 3019
libsystemd0 257.13-1~deb13u1 1223
libtinfo6 6.5+20250216-2 569
libudev1 257.13-1~deb13u1 357
libuuid1 2.41.5-0+deb13u1 98
libxxhash0 0.8.3-2 92
libzstd1 1.5.7+dfsg-1 847
login 1:4.16.0-2+really2.41.5-0+deb13u1 287
login.defs 1:4.17.4-2 214 all
mawk 1.3.4.20250131-1 292
mount 2.41.5-0+deb13u1 497
ncurses-base 6.5+20250216-2 389 all
ncurses-bin 6.5+20250216-2 665
openssl-provider-legacy 3.5.9-1~deb13u1 430
passwd 1:4.17.4-2 4758
perl-base 5.40.1-6+deb13u1 7815
sed 4.9-2+deb13u1 991
sqv 1.3.0-3+b2 1855
sysvinit-utils 3.14-4 104
tar 1.35+dfsg-3.1 3085
tzdata 2026f-0+deb13u1 1360 all
util-linux 2.41.5-0+deb13u1 4986
zlib1g 1:1.3.dfsg+really1.3.1-1+deb13u1 172
`;

export const archive = `
apt-transport-https 3.0.4 39048 49
apt-utils 3.0.4 336868 1087
bc 1.07.1-4 103196 236
bind9-dnsutils 1:9.20.30-1~deb13u1 167084 525
bind9-host 1:9.20.30-1~deb13u1 56596 141
bsdextrautils 2.41.5-0+deb13u1 94796 339
build-essential 12.12 4624 17
busybox 1:1.37.0-6+b9 484988 875
bzip2 1.0.8-6 40520 113
ca-certificates 20250419+deb13u1 160720 387
curl 8.14.1-2+deb13u7 270212 495
dc 1.07.1-4 66028 149
file 1:5.46-5 43560 79
g++ 4:14.2.0-1 1344 13
gcc 4:14.2.0-1 5136 36
git 1:2.47.3-0+deb13u1 8861572 49154
gnupg 2.4.7-21+deb13u1 417112 468
iproute2 6.15.0-1 1089184 3774
iputils-ping 3:20240905-3 51248 187
jq 1.7.1-6+deb13u4 78900 125
less 668-1 161148 376
libcap2-bin 1:2.75-10+deb13u1+b3 36456 132
libcurl4t64 8.14.1-2+deb13u7 391640 1013
locales 2.41-12+deb13u5 3929736 15776
lsb-release 12.1-1 5912 17
make 4.4.1-2 463104 1766
nano 8.4-1+deb13u1 644672 2839
ncal 12.1.8 19704 58
net-tools 2.10-1.3 245436 988
netcat-openbsd 1.229-1 42520 109
nginx 1.26.3-3+deb13u10 613548 1556
nodejs 20.19.2+dfsg-1+deb13u3 354784 2368
npm 9.2.0~ds1-3 668616 2940
openssl 3.5.9-1~deb13u1 1518324 2523
patch 2.8-2+deb13u1 134460 242
perl 5.40.1-6+deb13u1 267736 841
postgresql-client 17+278+deb13u1 14104 19
procps 2:4.0.4-9 882088 2395
psmisc 23.7-2 266696 950
python3 3.13.5-1 28244 83
python3-pip 25.1.1+dfsg-1 1456608 10166
redis-server 5:8.0.2-3+deb13u3 67364 178
redis-tools 5:8.0.2-3+deb13u3 1247524 7009
sudo 1.9.16p2-3+deb13u5 2087324 6709
traceroute 1:2.1.6-1 54588 160
tree 2.2.1-1 59392 129
tzdata 2026f-0+deb13u1 267528 1360
vim 2:9.1.1230-2+deb13u2 1670616 3930
vim-common 2:9.1.1230-2+deb13u2 421100 1864
vim-tiny 2:9.1.1230-2+deb13u2 776152 1831
wget 1.25.0-2 984500 3784
xxd 2:9.1.1230-2+deb13u2 99108 154
xz-utils 5.8.1-1+deb13u2 659760 1424
`;
