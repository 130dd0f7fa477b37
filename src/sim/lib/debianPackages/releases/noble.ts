/** Ubuntu 24.04: what its image has installed (name, version, KiB), and what its archive offers (name, version, bytes to fetch, KiB). */
export const base = `
apt 2.8.3 4481
base-files 13ubuntu10.5 500
base-passwd 3.6.3build1 272
bash 5.2.21-2ubuntu4 7196
bsdutils 1:2.39.3-9ubuntu6.6 401
coreutils 9.4-3ubuntu6.3 18457
dash 0.5.12-6ubuntu5 207
debconf 1.5.86ubuntu1 497 all
debianutils 5.17build1 225
diffutils 1:3.10-1ubuntu0.1 1768
dpkg 1.22.6ubuntu6.6 6587
e2fsprogs 1.47.0-2.4~exp1ubuntu4.1 1497
findutils 4.9.0-5build1 2160
gcc-14-base 14.2.0-4ubuntu2~24.04.1 112
gpgv 2.4.4-2ubuntu17.6 918
grep 3.11-4build1 1266
gzip 1.12-1ubuntu3.2 256
hostname 3.23+nmu2ubuntu2 50
init-system-helpers 1.66ubuntu1 133 all
libacl1 2.3.2-1build1.1 74
libapt-pkg6.0t64 2.8.3 3297
libassuan0 2.5.6-1build1 120
libattr1 1:2.5.2-1ubuntu0.1 60
libaudit-common 1:3.1.2-2.1build1.1 25 all
libaudit1 1:3.1.2-2.1build1.1 198
libblkid1 2.39.3-9ubuntu6.6 453
libbz2-1.0 1.0.8-5.1ubuntu0.1 96
libc-bin 2.39-0ubuntu8.9 2123
libc6 2.39-0ubuntu8.9 13223
libcap-ng0 0.8.4-2build2 66
libcap2 1:2.66-5ubuntu2.4 92
libcom-err2 1.47.0-2.4~exp1ubuntu4.1 55
libcrypt1 1:4.4.36-4build1 234
libdb5.3t64 5.3.28+dfsg2-7 1854
libdebconfclient0 0.271ubuntu3 38
libext2fs2t64 1.47.0-2.4~exp1ubuntu4.1 535
libffi8 3.4.6-1build1 68
libgcc-s1 14.2.0-4ubuntu2~24.04.1 197
libgcrypt20 1.10.3-2ubuntu0.2 1592
libgmp10 2:6.3.0+dfsg-2ubuntu6.1 882
libgnutls30t64 3.8.3-1.1ubuntu3.6 3396
libgpg-error0 1.47-3build2.1 192
libhogweed6t64 3.9.1-2.2build1.1 483
libidn2-0 2.3.7-2build1.1 439
liblz4-1 1.9.4-1build1.1 173
liblzma5 5.6.1+really5.4.5-1ubuntu0.3 435
libmd0 1.1.0-2build1.1 94
libmount1 2.39.3-9ubuntu6.6 565
libncursesw6 6.4+20240113-1ubuntu2.2 120
libnettle8t64 3.9.1-2.2build1.1 560
libnpth0t64 1.6-3.1build1 120
libp11-kit0 0.25.3-4ubuntu2.2 1408
libpam-modules 1.5.3-5ubuntu5.7 923
libpam-modules-bin 1.5.3-5ubuntu5.7 206
libpam-runtime 1.5.3-5ubuntu5.7 1028 all
libpam0g 1.5.3-5ubuntu5.7 194
libpcre2-8-0 10.42-4ubuntu2.1 774
libproc2-0 2:4.0.4-4ubuntu3.3 120
libseccomp2 2.5.5-1ubuntu3.1 201
libselinux1 3.5-2ubuntu2.1 229
libsemanage-common 3.5-1build5 21 all
libsemanage2 3.5-1build5 313
libsepol2 3.5-2build1 835
libsmartcols1 2.39.3-9ubuntu6.6 377
libss2 1.47.0-2.4~exp1ubuntu4.1 71
libssl3t64 3.0.13-0ubuntu3.15 8125
libstdc++6 14.2.0-4ubuntu2~24.04.1 3019
libsystemd0 255.4-1ubuntu8.17 1223
libtasn1-6 4.19.0-3ubuntu0.24.04.2 116
libtinfo6 6.4+20240113-1ubuntu2.2 569
libudev1 255.4-1ubuntu8.17 357
libunistring5 1.1-2build1.1 120
libuuid1 2.39.3-9ubuntu6.6 98
libxxhash0 0.8.2-2build1 92
libzstd1 1.5.5+dfsg2-2build1.1 847
login 1:4.13+dfsg1-4ubuntu3.2 287
logsave 1.47.0-2.4~exp1ubuntu4.1 50
mawk 1.3.4.20240123-1build1 292
mount 2.39.3-9ubuntu6.6 497
ncurses-base 6.4+20240113-1ubuntu2.2 389 all
ncurses-bin 6.4+20240113-1ubuntu2.2 665
passwd 1:4.13+dfsg1-4ubuntu3.2 4758
perl-base 5.38.2-3.2ubuntu0.4 7815
procps 2:4.0.4-4ubuntu3.3 2395
sed 4.9-2ubuntu0.24.04.1 991
sensible-utils 0.0.22 120 all
sysvinit-utils 3.08-6ubuntu3 104
tar 1.35+dfsg-3ubuntu0.4 3085
ubuntu-keyring 2023.11.28.1 120 all
unminimize 0.2.1 120 all
util-linux 2.39.3-9ubuntu6.6 4986
zlib1g 1:1.3.dfsg-3.1ubuntu2.2 172
`;

export const archive = `
apt-transport-https 2.8.3 39048 49
apt-utils 2.8.3 336868 1087
bc 1.07.1-3ubuntu4 103196 236
bind9-dnsutils 1:9.18.39-0ubuntu0.24.04.2 167084 525
bind9-host 1:9.18.39-0ubuntu0.24.04.2 56596 141
bsdextrautils 2.39.3-9ubuntu6.6 94796 339
build-essential 12.10ubuntu1 4624 17
bzip2 1.0.8-5.1ubuntu0.1 40520 113
ca-certificates 20240203 160720 387
curl 8.5.0-2ubuntu10.6 270212 495
dc 1.07.1-3ubuntu4 66028 149
dnsutils 1:9.18.39-0ubuntu0.24.04.2 11508 23
file 1:5.45-3build1 43560 79
g++ 4:13.2.0-7ubuntu1 1344 13
gcc 4:13.2.0-7ubuntu1 5136 36
git 1:2.43.0-1ubuntu7.3 8861572 49154
gnupg 2.4.4-2ubuntu17.6 417112 468
iproute2 6.1.0-1ubuntu6.2 1089184 3774
iputils-ping 3:20240117-1ubuntu0.1 51248 187
jq 1.7.1-3ubuntu0.24.04.1 78900 125
less 590-2ubuntu2.1 161148 376
libcap2-bin 1:2.66-5ubuntu2.4 36456 132
libcurl4 8.5.0-2ubuntu10.6 391640 1013
locales 2.39-0ubuntu8.9 3929736 15776
lsb-release 12.0-2 5912 17
make 4.3-4.1build2 463104 1766
nano 7.2-2ubuntu0.1 644672 2839
ncal 12.1.8 19704 58
net-tools 2.10-0.1ubuntu4.4 245436 988
netcat-openbsd 1.226-1ubuntu2 42520 109
nginx 1.24.0-2ubuntu7.5 613548 1556
nodejs 18.19.1+dfsg-6ubuntu5 354784 2368
npm 9.2.0~ds1-2 668616 2940
openssl 3.0.13-0ubuntu3.15 1518324 2523
patch 2.7.6-7build3 134460 242
perl 5.38.2-3.2ubuntu0.4 267736 841
postgresql-client 16+257build1.1 14104 19
procps 2:4.0.4-4ubuntu3.3 882088 2395
psmisc 23.7-1build1 266696 950
python3 3.12.3-0ubuntu2.1 28244 83
python3-pip 24.0+dfsg-1ubuntu1.3 1456608 10166
redis-server 5:7.0.15-1ubuntu0.24.04.2 67364 178
redis-tools 5:7.0.15-1ubuntu0.24.04.2 1247524 7009
sudo 1.9.15p5-3ubuntu5.24.04.1 2087324 6709
traceroute 1:2.1.5-1 54588 160
tree 2.1.1-2ubuntu3.24.04.2 59392 129
tzdata 2025b-0ubuntu0.24.04.1 267528 1360
vim 2:9.1.0016-1ubuntu7.9 1670616 3930
vim-common 2:9.1.0016-1ubuntu7.9 421100 1864
vim-tiny 2:9.1.0016-1ubuntu7.9 776152 1831
wget 1.21.4-1ubuntu4.1 984500 3784
xxd 2:9.1.0016-1ubuntu7.9 99108 154
xz-utils 5.6.1+really5.4.5-1ubuntu0.3 659760 1424
`;
