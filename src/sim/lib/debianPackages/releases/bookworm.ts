/** Debian 12: what its image has installed (name, version, KiB), and what its archive offers (name, version, bytes to fetch, KiB). */
export const base = `
adduser 3.134 686 all
apt 2.6.1 4232
base-files 12.4+deb12u15 341
base-passwd 3.6.1 247
bash 5.2.15-2+b13 7164
bsdutils 1:2.38.1-5+deb12u3 355
coreutils 9.1-1 18062
dash 0.5.12-2 191
debconf 1.5.82 491 all
debian-archive-keyring 2023.3+deb12u2 293 all
debianutils 5.7-0.5~deb12u1 243
diffutils 1:3.8-4 1598
dpkg 1.21.23 6409
e2fsprogs 1.47.0-2+b2 1497
findutils 4.9.0-4 1746
gcc-12-base 12.2.0-14+deb12u1 100
gpgv 2.2.40-1.1+deb12u2 918
grep 3.8-5 1245
gzip 1.12-1 252
hostname 3.23+nmu1 46
init-system-helpers 1.65.2+deb12u1 133 all
libacl1 2.3.1-3 73
libapt-pkg6.0 2.6.1 3297
libattr1 1:2.5.1-4 59
libaudit-common 1:3.0.9-1 22 all
libaudit1 1:3.0.9-1 150
libblkid1 2.38.1-5+deb12u3 398
libbz2-1.0 1.0.8-5+b1 106
libc-bin 2.36-9+deb12u14 2042
libc6 2.36-9+deb12u14 13001
libcap-ng0 0.8.3-1+b3 65
libcap2 1:2.66-4+deb12u3+b1 95
libcom-err2 1.47.0-2+b2 55
libcrypt1 1:4.4.33-2 233
libdb5.3 5.3.28+dfsg2-1 1833
libdebconfclient0 0.270 37
libext2fs2 1.47.0-2+b2 535
libffi8 3.4.4-1 68
libgcc-s1 12.2.0-14+deb12u1 140
libgcrypt20 1.10.1-3+deb12u1 1592
libgmp10 2:6.2.1+dfsg1-1.1 855
libgnutls30 3.7.9-2+deb12u7 3396
libgpg-error0 1.46-1 192
libhogweed6 3.8.1-2 463
libidn2-0 2.3.3-1+b1 439
liblz4-1 1.9.4-1 169
liblzma5 5.4.1-1+deb12u1 333
libmd0 1.0.4-2 79
libmount1 2.38.1-5+deb12u3 454
libnettle8 3.8.1-2 520
libp11-kit0 0.24.1-2 1408
libpam-modules 1.5.2-6+deb12u2 1031
libpam-modules-bin 1.5.2-6+deb12u2 227
libpam-runtime 1.5.2-6+deb12u2 876 all
libpam0g 1.5.2-6+deb12u2 215
libpcre2-8-0 10.42-1 685
libseccomp2 2.5.4-1+deb12u1 148
libselinux1 3.4-1+b6 199
libsemanage-common 3.4-1 37 all
libsemanage2 3.4-1+b5 297
libsepol2 3.4-2.1 775
libsmartcols1 2.38.1-5+deb12u3 289
libss2 1.47.0-2+b2 71
libstdc++6 12.2.0-14+deb12u1 2686
libsystemd0 252.39-1~deb12u2 909
libtasn1-6 4.19.0-2+deb12u1 116
libtinfo6 6.4-4 541
libudev1 252.39-1~deb12u2 240
libunistring2 1.0-2 1807
libuuid1 2.38.1-5+deb12u3 79
libxxhash0 0.8.1-1 99
libzstd1 1.5.4+dfsg2-5 785
login 1:4.13+dfsg1-1+deb12u2 2550
logsave 1.47.0-2+b2 50
mawk 1.3.4.20200120-3.1 263
mount 2.38.1-5+deb12u3 393
ncurses-base 6.4-4 379 all
ncurses-bin 6.4-4 636
passwd 1:4.13+dfsg1-1+deb12u2 2827
perl-base 5.36.0-7+deb12u3 7639
sed 4.9-1+deb12u1 987
sysvinit-utils 3.06-4 100
tar 1.34+dfsg-1.2+deb12u1 3144
tzdata 2026b-0+deb12u1 2573 all
usr-is-merged 37~deb12u1 13 all
util-linux 2.38.1-5+deb12u3 4978
util-linux-extra 2.38.1-5+deb12u3 366
zlib1g 1:1.2.13.dfsg-1 168
`;

export const archive = `
apt-transport-https 2.6.1 25244 35
apt-utils 2.6.1 309288 1037
bc 1.07.1-3+b1 109648 241
bind9-dnsutils 1:9.18.49-1~deb12u1 155600 498
bind9-host 1:9.18.49-1~deb12u1 54980 144
bsdextrautils 2.38.1-5+deb12u3 86968 337
build-essential 12.9 7704 20
busybox 1:1.35.0-4+deb12u1+b1 452120 818
bzip2 1.0.8-5+b1 49804 121
ca-certificates 20230311+deb12u1 155260 387
curl 7.88.1-10+deb12u15 315764 489
dc 1.07.1-3+b1 72384 154
dnsutils 1:9.18.49-1~deb12u1 11508 23
file 1:5.44-3 42472 79
g++ 4:12.2.0-3 1356 14
gcc 4:12.2.0-3 5216 47
git 1:2.39.5-0+deb12u3 7264380 44890
gnupg 2.2.40-1.1+deb12u2 846132 886
iproute2 6.1.0-3 1045828 3516
iputils-ping 3:20221126-1+deb12u1 47172 121
jq 1.6-2.1+deb12u2 63984 111
less 590-2.1~deb12u2 132044 313
libcap2-bin 1:2.66-4+deb12u3+b1 35220 133
libcurl4 7.88.1-10+deb12u15 392184 840
locales 2.36-9+deb12u14 3906316 15847
lsb-release 12.0-1 6416 17
make 4.3-4.1 395632 1592
nano 7.2-1+deb12u1 689556 2804
ncal 12.1.8 19704 58
net-tools 2.10-0.1+deb12u2 243404 978
netcat-openbsd 1.219-1 41520 108
nginx 1.22.1-9+deb12u9 529668 1331
nodejs 18.20.4+dfsg-1~deb12u2 321172 3934
npm 9.2.0~ds1-1 669016 2941
openssl 3.0.20-1~deb12u2 1438712 2310
patch 2.7.6-7 127848 248
perl 5.36.0-7+deb12u3 238900 670
postgresql-client 15+248+deb12u1 10232 16
procps 2:4.0.2-3 708712 2091
psmisc 23.6-1 258696 909
python3 3.11.2-1+b1 26300 81
python3-pip 23.0.1+dfsg-1 1324972 6678
redis-server 5:7.0.15-1~deb12u7 73392 183
redis-tools 5:7.0.15-1~deb12u7 991888 5837
sudo 1.9.13p3-1+deb12u4 1890344 6055
traceroute 1:2.1.2-1 51456 155
tree 2.1.0-1 52464 113
tzdata 2026b-0+deb12u1 304148 2573
vim 2:9.0.1378-2+deb12u2 1567756 3650
vim-common 2:9.0.1378-2+deb12u2 124836 245
vim-tiny 2:9.0.1378-2+deb12u2 719960 1689
wget 1.21.3-1+deb12u1 937340 3521
xxd 2:9.0.1378-2+deb12u2 84116 135
xz-utils 5.4.1-1+deb12u1 471212 1226
`;
