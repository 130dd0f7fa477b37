/** Ubuntu 20.04: what its image has installed (name, version, KiB), and what its archive offers (name, version, bytes to fetch, KiB). */
export const base = `
adduser 3.118ubuntu2 686 all
apt 2.0.10 4481
base-files 11ubuntu5.8 500
base-passwd 3.5.47 272
bash 5.0-6ubuntu1.2 7196
bsdutils 1:2.34-0.1ubuntu9.6 401
coreutils 8.30-3ubuntu2 18457
dash 0.5.10.2-6 207
debconf 1.5.73 497 all
debianutils 4.9.1 225
diffutils 1:3.7-3 1768
dpkg 1.19.7ubuntu3.2 6587
e2fsprogs 1.45.5-2ubuntu1.2 1497
findutils 4.7.0-1ubuntu1 2160
gpgv 2.2.19-3ubuntu2.4 918
grep 3.4-1ubuntu0.1 1266
gzip 1.10-0ubuntu4.1 256
hostname 3.23 50
init-system-helpers 1.57 133 all
libacl1 2.2.53-6 74
libapt-pkg6.0 2.0.10 3297
libc-bin 2.31-0ubuntu9.17 2123
libc6 2.31-0ubuntu9.17 13223
login 1:4.8.1-1ubuntu5.20.04.5 287
mawk 1.3.4.20200120-2 292
mount 2.34-0.1ubuntu9.6 497
ncurses-base 6.2-0ubuntu2.1 389 all
ncurses-bin 6.2-0ubuntu2.1 665
passwd 1:4.8.1-1ubuntu5.20.04.5 4758
perl-base 5.30.0-9ubuntu0.5 7815
procps 2:3.3.16-1ubuntu2.4 2395
sed 4.7-1 991
sysvinit-utils 2.96-2.1ubuntu1 104
tar 1.30+dfsg-7ubuntu0.20.04.4 3085
ubuntu-keyring 2020.02.11.4 120 all
util-linux 2.34-0.1ubuntu9.6 4986
zlib1g 1:1.2.11.dfsg-2ubuntu1.5 172
`;

export const archive = `
apt-transport-https 2.0.10 39048 49
apt-utils 2.0.10 336868 1087
bc 1.07.1-2build1 103196 236
bind9-dnsutils 1:9.18.30-0ubuntu0.20.04.2 167084 525
bind9-host 1:9.18.30-0ubuntu0.20.04.2 56596 141
build-essential 12.8ubuntu1 4624 17
bzip2 1.0.8-2 40520 113
ca-certificates 20240203~20.04.1 160720 387
curl 7.68.0-1ubuntu2.25 270212 495
dc 1.07.1-2build1 66028 149
dnsutils 1:9.18.30-0ubuntu0.20.04.2 11508 23
file 1:5.38-4 43560 79
g++ 4:9.3.0-1ubuntu2 1344 13
gcc 4:9.3.0-1ubuntu2 5136 36
git 1:2.25.1-1ubuntu3.14 8861572 49154
gnupg 2.2.19-3ubuntu2.4 417112 468
iproute2 5.5.0-1ubuntu1 1089184 3774
iputils-ping 3:20190709-3ubuntu1 51248 187
jq 1.6-1ubuntu0.20.04.1 78900 125
less 551-1ubuntu0.3 161148 376
libcap2-bin 1:2.32-1ubuntu0.2 36456 132
libcurl4 7.68.0-1ubuntu2.25 391640 1013
locales 2.31-0ubuntu9.17 3929736 15776
lsb-release 11.1.0ubuntu2 5912 17
make 4.2.1-1.2 463104 1766
nano 4.8-1ubuntu1.1 644672 2839
net-tools 1.60+git20180626.aebd88e-1ubuntu1 245436 988
netcat-openbsd 1.206-1ubuntu1 42520 109
nginx 1.18.0-0ubuntu1.7 613548 1556
nodejs 10.19.0~dfsg-3ubuntu1.6 354784 2368
npm 6.14.4+ds-1ubuntu2 668616 2940
openssl 1.1.1f-1ubuntu2.24 1518324 2523
patch 2.7.6-6 134460 242
perl 5.30.0-9ubuntu0.5 267736 841
postgresql-client 12+214ubuntu0.1 14104 19
procps 2:3.3.16-1ubuntu2.4 882088 2395
psmisc 23.3-1 266696 950
python3 3.8.2-0ubuntu2 28244 83
python3-pip 20.0.2-5ubuntu1.11 1456608 10166
redis-server 5:5.0.7-2ubuntu0.1 67364 178
redis-tools 5:5.0.7-2ubuntu0.1 1247524 7009
sudo 1.8.31-1ubuntu1.5 2087324 6709
traceroute 1:2.1.0-2 54588 160
tree 1.8.0-1 59392 129
tzdata 2025b-0ubuntu0.20.04.1 267528 1360
vim 2:8.1.2269-1ubuntu5.32 1670616 3930
vim-common 2:8.1.2269-1ubuntu5.32 421100 1864
vim-tiny 2:8.1.2269-1ubuntu5.32 776152 1831
wget 1.20.3-1ubuntu2.1 984500 3784
xxd 2:8.1.2269-1ubuntu5.32 99108 154
xz-utils 5.2.4-1ubuntu1.1 659760 1424
`;
