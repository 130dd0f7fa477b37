import { file, link, type TreeEntry } from './tree.ts';

const UNITS = '/usr/lib/systemd/system';
const WANTS = '/etc/systemd/system/multi-user.target.wants';

/** The services of a Docker host, as the packages of Docker CE set them up. */
export function units(): readonly TreeEntry[] {
  return [
    file(`${UNITS}/docker.service`, DOCKER),
    file(`${UNITS}/docker.socket`, DOCKER_SOCKET),
    file(`${UNITS}/containerd.service`, CONTAINERD),
    link('/etc/systemd/system/sockets.target.wants/docker.socket', `${UNITS}/docker.socket`),
    link(`${WANTS}/docker.service`, `${UNITS}/docker.service`),
    link(`${WANTS}/containerd.service`, `${UNITS}/containerd.service`),
  ];
}

const DOCKER = `[Unit]
Description=Docker Application Container Engine
Documentation=https://docs.docker.com
After=network-online.target nss-lookup.target docker.socket firewalld.service containerd.service time-set.target
Wants=network-online.target containerd.service
Requires=docker.socket
StartLimitBurst=3
StartLimitIntervalSec=60

[Service]
Type=notify
ExecStart=/usr/bin/dockerd -H fd:// --containerd=/run/containerd/containerd.sock
ExecReload=/bin/kill -s HUP $MAINPID
TimeoutStartSec=0
RestartSec=2
Restart=always
LimitNPROC=infinity
LimitCORE=infinity
TasksMax=infinity
Delegate=yes
KillMode=process
OOMScoreAdjust=-500

[Install]
WantedBy=multi-user.target
`;

const DOCKER_SOCKET = `[Unit]
Description=Docker Socket for the API

[Socket]
ListenStream=/run/docker.sock
SocketMode=0660
SocketUser=root
SocketGroup=docker

[Install]
WantedBy=sockets.target
`;

const CONTAINERD = `[Unit]
Description=containerd container runtime
Documentation=https://containerd.io
After=network.target dbus.service

[Service]
Type=notify
ExecStart=/usr/bin/containerd
Restart=always
RestartSec=5
KillMode=process
Delegate=yes
OOMScoreAdjust=-999

[Install]
WantedBy=multi-user.target
`;
