/** Debian 11: what its image has installed (name, version, KiB), and what its archive offers (name, version, bytes to fetch, KiB). */
export const base = `
adduser 3.118+deb11u1 849 all
apt 2.2.4 4337
base-files 11.1+deb11u11 341
base-passwd 3.5.51 243
bash 5.1-2+deb11u1 6469
bsdutils 1:2.36.1-8+deb11u2 394
coreutils 8.32-4+b1 17478
dash 0.5.11+git20200708+dd9ef66-5 221
debconf 1.5.77 517 all
debian-archive-keyring 2021.1.1+deb11u1 253 all
debianutils 4.11.2 230
diffutils 1:3.7-5 1598
dpkg 1.20.13 6982
e2fsprogs 1.46.2-2 1511
findutils 4.8.0-1 1959
gcc-10-base 10.2.1-6 261
gcc-9-base 9.3.0-22 262
gpgv 2.2.27-2+deb11u2 882
grep 3.6-1+deb11u1 1091
gzip 1.10-4+deb11u1 242
hostname 3.23 50
init-system-helpers 1.60 131 all
libacl1 2.2.53-10 71
libapt-pkg6.0 2.2.4 3373
libattr1 1:2.4.48-6 56
libaudit-common 1:3.0-2 26 all
libaudit1 1:3.0-2 154
libblkid1 2.36.1-8+deb11u2 421
libbz2-1.0 1.0.8-4 104
libc-bin 2.31-13+deb11u11 3733
libc6 2.31-13+deb11u11 12834
libcap-ng0 0.7.9-2.2+b1 48
libcom-err2 1.46.2-2 97
libcrypt1 1:4.4.18-4 226
libdb5.3 5.3.28+dfsg1-0.8 1818
libdebconfclient0 0.260 74
libext2fs2 1.46.2-2 578
libffi7 3.3-6 66
libgcc-s1 10.2.1-6 116
libgcrypt20 1.8.7-6 1355
libgmp10 2:6.2.1+dfsg-1+deb11u1 863
libgnutls30 3.7.1-5+deb11u5 3143
libgpg-error0 1.38-2 188
libgssapi-krb5-2 1.18.3-6+deb11u5 451
libhogweed6 3.7.3-1 455
libidn2-0 2.3.0-5 300
libk5crypto3 1.18.3-6+deb11u5 296
libkeyutils1 1.6.1-2 46
libkrb5-3 1.18.3-6+deb11u5 1108
libkrb5support0 1.18.3-6+deb11u5 169
liblz4-1 1.9.3-2 157
liblzma5 5.2.5-2.1~deb11u1 277
libmount1 2.36.1-8+deb11u2 477
libnettle8 3.7.3-1 480
libnsl2 1.3.0-2 127
libp11-kit0 0.23.22-1 1401
libpam-modules 1.4.0-9+deb11u1 1048
libpam-modules-bin 1.4.0-9+deb11u1 227
libpam-runtime 1.4.0-9+deb11u1 965 all
libpam0g 1.4.0-9+deb11u1 244
libpcre2-8-0 10.36-2+deb11u1 664
libpcre3 2:8.39-13 669
libseccomp2 2.5.1-1+deb11u1 158
libselinux1 3.1-3 207
libsemanage-common 3.1-1 36 all
libsemanage1 3.1-1+b2 307
libsepol1 3.1-1 743
libsmartcols1 2.36.1-8+deb11u2 328
libss2 1.46.2-2 113
libssl1.1 1.1.1w-0+deb11u1 4128
libstdc++6 10.2.1-6 2351
libsystemd0 247.3-7+deb11u5 865
libtasn1-6 4.16.0-2+deb11u1 124
libtinfo6 6.2+20201114-2+deb11u2 537
libtirpc-common 1.3.1-1+deb11u1 34 all
libtirpc3 1.3.1-1+deb11u1 229
libudev1 247.3-7+deb11u5 282
libunistring2 0.9.10-4 1592
libuuid1 2.36.1-8+deb11u2 129
libxxhash0 0.8.0-2 114
libzstd1 1.4.8+dfsg-2.1 904
login 1:4.8.1-1 2335
logsave 1.46.2-2 93
lsb-base 11.1.0 49 all
mawk 1.3.4.20200120-2 242
mount 2.36.1-8+deb11u2 438
ncurses-base 6.2+20201114-2+deb11u2 386 all
ncurses-bin 6.2+20201114-2+deb11u2 646
passwd 1:4.8.1-1 2736
perl-base 5.32.1-4+deb11u3 7664
sed 4.7-1 883
sysvinit-utils 2.96-7+deb11u1 79
tar 1.34+dfsg-1+deb11u1 3152
tzdata 2024a-0+deb11u1 3454 all
util-linux 2.36.1-8+deb11u2 4615
zlib1g 1:1.2.11.dfsg-2+deb11u2 167
`;

export const archive = `
apt-transport-https 2.2.4 159640 162
apt-utils 2.2.4 439128 1164
bc 1.07.1-2+b2 108984 241
bind9-dnsutils 1:9.16.50-1~deb11u2 407960 736
bind9-host 1:9.16.50-1~deb11u2 312420 385
bsdextrautils 2.36.1-8+deb11u2 145776 384
build-essential 12.9 7704 20
busybox 1:1.30.1-6+b3 434636 777
bzip2 1.0.8-4 49268 122
ca-certificates 20210119 158288 382
curl 7.74.0-1.3+deb11u13 271064 430
dc 1.07.1-2+b2 72368 154
dnsutils 1:9.16.50-1~deb11u2 270472 276
file 1:5.39-3+deb11u1 69164 104
g++ 4:10.2.1-1 1644 15
gcc 4:10.2.1-1 5192 45
git 1:2.30.2-1+deb11u2 5517564 35084
gnupg 2.2.27-2+deb11u2 824944 864
iproute2 5.10.0-4 930168 2867
iputils-ping 3:20210202-1 49776 113
jq 1.6-2.1 64932 110
less 551-2+deb11u2 135828 304
libcap2-bin 1:2.44-1 32612 116
libcurl4 7.74.0-1.3+deb11u13 347036 740
locales 2.31-13+deb11u11 4086564 16015
lsb-release 11.1.0 27884 63
make 4.3-4.1 395632 1592
nano 5.4-2+deb11u3 656828 2530
ncal 12.1.7+nmu3 30104 68
net-tools 1.60+git20181103.0eebece-1+deb11u1 249940 991
netcat-openbsd 1.217-3 41120 111
nginx 1.18.0-6.1+deb11u3 92936 102
nodejs 12.22.12~dfsg-1~deb11u4 147760 917
npm 7.5.2+ds-2 800588 2440
openssl 1.1.1w-0+deb11u1 859144 1471
patch 2.7.6-7 127848 248
perl 5.32.1-4+deb11u3 293172 705
postgresql-client 13+225+deb11u1 64884 68
procps 2:3.3.17-5 501856 1648
psmisc 23.4-2 198236 793
python3 3.9.2-3 37880 89
python3-pip 20.3.4-4+deb11u1 337264 1244
redis-server 5:6.0.16-1+deb11u2 98212 191
redis-tools 5:6.0.16-1+deb11u2 741308 3682
sudo 1.9.5p2-3+deb11u1 1061184 4589
traceroute 1:2.1.0-2+deb11u1 55724 158
tree 1.8.0-1+b1 49636 115
tzdata 2024a-0+deb11u1 303824 3454
vim 2:8.2.2434-3+deb11u1 1494176 3286
vim-common 2:8.2.2434-3+deb11u1 226176 341
vim-tiny 2:8.2.2434-3+deb11u1 744284 1574
wget 1.21-1+deb11u1 963956 3476
xxd 2:8.2.2434-3+deb11u1 192012 239
xz-utils 5.2.5-2.1~deb11u1 220352 612
`;
