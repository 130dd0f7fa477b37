/** Ubuntu 22.04: what its image has installed (name, version, KiB), and what its archive offers (name, version, bytes to fetch, KiB). */
export const base = `
adduser 3.118ubuntu5 686 all
apt 2.4.14 4481
base-files 12ubuntu4.7 500
base-passwd 3.5.52build1 272
bash 5.1-6ubuntu1.1 7196
bsdutils 1:2.37.2-4ubuntu3.4 401
coreutils 8.32-4.1ubuntu1.2 18457
dash 0.5.11+git20210903+really0.5.11-1ubuntu1 207
debconf 1.5.79ubuntu1 497 all
debianutils 5.5-1ubuntu2 225
diffutils 1:3.8-0ubuntu2 1768
dpkg 1.21.1ubuntu2.3 6587
e2fsprogs 1.46.5-2ubuntu1.2 1497
findutils 4.8.0-1ubuntu3 2160
gpgv 2.2.27-3ubuntu2.4 918
grep 3.7-1build1 1266
gzip 1.10-4ubuntu4.1 256
hostname 3.23ubuntu2 50
init-system-helpers 1.62 133 all
libacl1 2.3.1-1 74
libapt-pkg6.0 2.4.14 3297
libc-bin 2.35-0ubuntu3.10 2123
libc6 2.35-0ubuntu3.10 13223
libssl3 3.0.2-0ubuntu1.19 120
login 1:4.8.1-2ubuntu2.2 287
mawk 1.3.4.20200120-3 292
mount 2.37.2-4ubuntu3.4 497
ncurses-base 6.3-2ubuntu0.1 389 all
ncurses-bin 6.3-2ubuntu0.1 665
passwd 1:4.8.1-2ubuntu2.2 4758
perl-base 5.34.0-3ubuntu1.4 7815
procps 2:3.3.17-6ubuntu2.1 2395
sed 4.8-1ubuntu2 991
sysvinit-utils 3.01-1ubuntu1 104
tar 1.34+dfsg-1ubuntu0.1.22.04.2 3085
ubuntu-keyring 2021.03.26 120 all
usrmerge 25ubuntu2 120 all
util-linux 2.37.2-4ubuntu3.4 4986
zlib1g 1:1.2.11.dfsg-2ubuntu9.2 172
`;

export const archive = `
apt-transport-https 2.4.14 39048 49
apt-utils 2.4.14 336868 1087
bc 1.07.1-3build1 103196 236
bind9-dnsutils 1:9.18.39-0ubuntu0.22.04.2 167084 525
bind9-host 1:9.18.39-0ubuntu0.22.04.2 56596 141
bsdextrautils 2.37.2-4ubuntu3.4 94796 339
build-essential 12.9ubuntu3 4624 17
bzip2 1.0.8-5build1 40520 113
ca-certificates 20240203~22.04.1 160720 387
curl 7.81.0-1ubuntu1.21 270212 495
dc 1.07.1-3build1 66028 149
dnsutils 1:9.18.39-0ubuntu0.22.04.2 11508 23
file 1:5.41-3ubuntu0.1 43560 79
g++ 4:11.2.0-1ubuntu1 1344 13
gcc 4:11.2.0-1ubuntu1 5136 36
git 1:2.34.1-1ubuntu1.15 8861572 49154
gnupg 2.2.27-3ubuntu2.4 417112 468
iproute2 5.15.0-1ubuntu2 1089184 3774
iputils-ping 3:20211215-1ubuntu0.1 51248 187
jq 1.6-2.1ubuntu3.1 78900 125
less 590-1ubuntu0.22.04.3 161148 376
libcap2-bin 1:2.44-1ubuntu0.22.04.2 36456 132
libcurl4 7.81.0-1ubuntu1.21 391640 1013
locales 2.35-0ubuntu3.10 3929736 15776
lsb-release 11.1.0ubuntu4 5912 17
make 4.3-4.1build1 463104 1766
nano 6.2-1ubuntu0.1 644672 2839
ncal 12.1.7+nmu3ubuntu2 19704 58
net-tools 1.60+git20181103.0eebece-1ubuntu5.4 245436 988
netcat-openbsd 1.218-4ubuntu1 42520 109
nginx 1.18.0-6ubuntu14.7 613548 1556
nodejs 12.22.9~dfsg-1ubuntu3.6 354784 2368
npm 8.5.1~ds-1 668616 2940
openssl 3.0.2-0ubuntu1.19 1518324 2523
patch 2.7.6-7build2 134460 242
perl 5.34.0-3ubuntu1.4 267736 841
postgresql-client 14+238 14104 19
procps 2:3.3.17-6ubuntu2.1 882088 2395
psmisc 23.4-2build3 266696 950
python3 3.10.6-1~22.04.1 28244 83
python3-pip 22.0.2+dfsg-1ubuntu0.7 1456608 10166
redis-server 5:6.0.16-1ubuntu1.1 67364 178
redis-tools 5:6.0.16-1ubuntu1.1 1247524 7009
sudo 1.9.9-1ubuntu2.5 2087324 6709
traceroute 1:2.1.0-2 54588 160
tree 2.0.2-1 59392 129
tzdata 2025b-0ubuntu0.22.04.1 267528 1360
vim 2:8.2.3995-1ubuntu2.24 1670616 3930
vim-common 2:8.2.3995-1ubuntu2.24 421100 1864
vim-tiny 2:8.2.3995-1ubuntu2.24 776152 1831
wget 1.21.2-2ubuntu1.1 984500 3784
xxd 2:8.2.3995-1ubuntu2.24 99108 154
xz-utils 5.2.5-2ubuntu1 659760 1424
`;
