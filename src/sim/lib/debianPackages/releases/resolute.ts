/** Ubuntu 26.04: what its image has installed (name, version, KiB), and what its archive offers (name, version, bytes to fetch, KiB). */
export const base = `
apt 3.2.0 4481
base-files 14ubuntu6.1 500
base-passwd 3.6.8 272
bash 5.3-2ubuntu1 7196
bsdutils 1:2.41.3-3ubuntu2 401
coreutils 9.5-1ubuntu2+0.0.0~ubuntu25 18457
coreutils-from-uutils 0.0.0~ubuntu25 120
dash 0.5.12-12ubuntu3 207
debconf 1.5.92 497 all
debianutils 5.23.2build1 225
diffutils 1:3.12-1 1768
dpkg 1.23.7ubuntu1 6587
e2fsprogs 1.47.2-3ubuntu4 1497
findutils 4.10.0-3build2 2160
gcc-16-base 16-20260322-1ubuntu1 120
gnu-coreutils 9.7-3ubuntu2 120
gpgv 2.4.8-4ubuntu3 918
grep 3.12-1 1266
gzip 1.14-1~exp2ubuntu1 256
hostname 3.25build1 50
init-system-helpers 1.69 133 all
libacl1 2.3.2-2 74
libapt-pkg7.0 3.2.0 3856
libattr1 1:2.5.2-4 60
libaudit-common 1:4.1.2-1build1 25 all
libaudit1 1:4.1.2-1build1 198
libblkid1 2.41.3-3ubuntu2 453
libbsd0 0.12.2-2build2 214
libbz2-1.0 1.0.8-6build2 96
libc-bin 2.43-2ubuntu2 2123
libc-gconv-modules-extra 2.43-2ubuntu2 120
libc6 2.43-2ubuntu2 13223
libcap-ng0 0.8.5-4build5 66
libcom-err2 1.47.2-3ubuntu4 55
libcrypt1 1:4.5.1-1 234
libdb5.3t64 5.3.28+dfsg2-10ubuntu1 1854
libdebconfclient0 0.280ubuntu1 38
libext2fs2t64 1.47.2-3ubuntu4 535
libgcc-s1 16-20260322-1ubuntu1 197
libgcrypt20 1.12.0-2ubuntu0.1 1592
libgmp10 2:6.3.0+dfsg-5ubuntu2 882
libgpg-error0 1.58-2 192
liblz4-1 1.10.0-8 173
liblzma5 5.8.3-1 435
libmd0 1.1.0-2build4 94
libmount1 2.41.3-3ubuntu2 565
libncursesw6 6.6+20251231-1 120
libpam-modules 1.7.0-5ubuntu3 923
libpam-modules-bin 1.7.0-5ubuntu3 206
libpam-runtime 1.7.0-5ubuntu3 1028 all
libpam0g 1.7.0-5ubuntu3 194
libpcre2-8-0 10.46-1build1 774
libproc2-0 2:4.0.4-9ubuntu1 120
libseccomp2 2.6.0-2ubuntu5 201
libselinux1 3.9-4build1 229
libsemanage-common 3.9-1build1 21 all
libsemanage2 3.9-1build1 313
libsepol2 3.9-2 835
libsmartcols1 2.41.3-3ubuntu2 377
libss2 1.47.2-3ubuntu4 71
libssl3t64 3.5.5-1ubuntu3.2 8125
libstdc++6 16-20260322-1ubuntu1 3019
libsystemd0 259.5-0ubuntu3 1223
libtinfo6 6.6+20251231-1 569
libudev1 259.5-0ubuntu3 357
libuuid1 2.41.3-3ubuntu2 98
libxxhash0 0.8.3-2build1 92
libzstd1 1.5.7+dfsg-3 847
login 1:4.16.0-2+really2.41.3-3ubuntu2 287
login.defs 1:4.17.4-2ubuntu3 214 all
logsave 1.47.2-3ubuntu4 50
mawk 1.3.4.20260129-1 292
mount 2.41.3-3ubuntu2 497
ncurses-base 6.6+20251231-1 389 all
ncurses-bin 6.6+20251231-1 665
openssl-provider-legacy 3.5.5-1ubuntu3.2 430
passwd 1:4.17.4-2ubuntu3 4758
perl-base 5.40.1-7ubuntu0.1 7815
procps 2:4.0.4-9ubuntu1 2395
rust-coreutils 0.8.0-0ubuntu3 120
sed 4.9-2ubuntu1 991
sensible-utils 0.0.26build1 120 all
sysvinit-utils 3.15-5ubuntu1 104
tar 1.35+dfsg-4ubuntu0.1 3085
ubuntu-keyring 2023.11.28.1build1 120 all
util-linux 2.41.3-3ubuntu2 4986
zlib1g 1:1.3.dfsg+really1.3.1-1ubuntu3 172
`;

export const archive = `
apt-transport-https 3.2.0 39048 49
apt-utils 3.2.0 336868 1087
bc 1.07.1-4 103196 236
bind9-dnsutils 1:9.20.30-1ubuntu1 167084 525
bind9-host 1:9.20.30-1ubuntu1 56596 141
bsdextrautils 2.41.3-3ubuntu2 94796 339
build-essential 12.12ubuntu1 4624 17
busybox 1:1.37.0-6 484988 875
bzip2 1.0.8-6build2 40520 113
ca-certificates 20260601~26.04.1 160720 387
curl 8.18.0-1ubuntu2.3 270212 495
dc 1.07.1-4 66028 149
file 1:5.46-5 43560 79
g++ 4:15.2.0-5ubuntu1 1344 13
gcc 4:15.2.0-5ubuntu1 5136 36
git 1:2.47.3-0ubuntu1 8861572 49154
gnupg 2.4.8-4ubuntu3 417112 468
iproute2 6.15.0-1 1089184 3774
iputils-ping 3:20240905-3 51248 187
jq 1.7.1-6ubuntu1 78900 125
less 668-1 161148 376
libcap2-bin 1:2.75-10ubuntu1 36456 132
libcurl4t64 8.18.0-1ubuntu2.3 391640 1013
locales 2.43-2ubuntu2 3929736 15776
lsb-release 12.1-1 5912 17
make 4.4.1-2 463104 1766
nano 8.4-1ubuntu1 644672 2839
ncal 12.1.8 19704 58
net-tools 2.10-1.3 245436 988
netcat-openbsd 1.229-1 42520 109
nginx 1.26.3-3ubuntu1 613548 1556
nodejs 20.19.2+dfsg-1ubuntu1 354784 2368
npm 9.2.0~ds1-3 668616 2940
openssl 3.5.5-1ubuntu3.2 1518324 2523
patch 2.8-2ubuntu1 134460 242
perl 5.40.1-7ubuntu0.1 267736 841
postgresql-client 18+290 14104 19
procps 2:4.0.4-9ubuntu1 882088 2395
psmisc 23.7-2 266696 950
python3 3.14.3-0ubuntu1 28244 83
python3-pip 25.1.1+dfsg-1 1456608 10166
redis-server 5:8.0.2-3ubuntu1 67364 178
redis-tools 5:8.0.2-3ubuntu1 1247524 7009
sudo 1.9.16p2-3ubuntu1 2087324 6709
traceroute 1:2.1.6-1 54588 160
tree 2.2.1-1 59392 129
tzdata 2026b-0ubuntu0.26.04.1 267528 1360
vim 2:9.1.1230-2ubuntu1 1670616 3930
vim-common 2:9.1.1230-2ubuntu1 421100 1864
vim-tiny 2:9.1.1230-2ubuntu1 776152 1831
wget 1.25.0-2ubuntu4.2 984500 3784
xxd 2:9.1.1230-2ubuntu1 99108 154
xz-utils 5.8.3-1 659760 1424
`;
