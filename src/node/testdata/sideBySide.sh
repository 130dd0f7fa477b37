# One script, typed into bash with the real docker client and into the simulated machine with ours: the same bytes come out.
# What hangs on the pace of the clock (ages, progress that is redrawn) is left out by --format or by order.
docker version
docker version --format '{{.Client.Version}} {{.Server.Version}} {{.Server.APIVersion}}'
docker info --format '{{.ServerVersion}} {{.Driver}} {{.CgroupVersion}} {{.Containers}} {{.Images}} {{.Swarm.LocalNodeState}}'
docker nosuch
docker run
docker ps --nosuch
docker images
docker pull -q busybox
docker pull alpine
docker pull nosuchimage
docker pull BAD
docker images --format '{{.Repository}}:{{.Tag}} {{.ID}} {{.Size}}'
docker image inspect --format "{{json .Config}} {{json .RootFS}} {{json .RepoDigests}} {{.Size}}" busybox
docker image inspect --format '{{json .Config.Cmd}}' busybox alpine nosuch
docker history --no-trunc --format '{{.CreatedBy}} {{.Size}}' busybox
docker run --rm busybox echo hello
docker run --rm busybox sh -c 'echo out; echo err >&2; exit 3'
echo one two | docker run -i --rm alpine cat
docker run --rm busybox nosuchprogram
docker run --name first hello-world
docker run -d --name web -p 8080:80 -e COLOUR=red -l tier=front --restart on-failure:3 nginx
docker ps --format '{{.Names}} {{.Image}} {{.Command}} {{.Ports}} {{.State}}'
docker ps -aq --no-trunc
docker ps -a --filter status=exited --format '{{.Names}}'
docker ps --filter status=bogus
docker port web
docker port web 80
docker inspect web --format '{{.State.Status}} {{.HostConfig.RestartPolicy.Name}} {{json .Config.Labels}} {{.NetworkSettings.Networks.bridge.IPAddress}}'
docker inspect --format '{{json .HostConfig}}' web
docker inspect --format '{{json .Config}}' web
docker inspect nosuch
docker exec web sh -c 'echo $COLOUR; hostname; id -un; exit 4'
docker exec web nosuch
echo typed | docker exec -i web cat
docker exec -w /etc -e A=1 -u nginx web sh -c 'pwd; echo $A; whoami'
docker logs first
docker logs --tail 2 first
docker logs nosuch
docker top web -o user,comm
docker create --name second -it alpine sh
docker rename second other
docker rename other web
docker update --memory 64m --memory-swap 128m web
docker inspect -f '{{.HostConfig.Memory}} {{.HostConfig.MemorySwap}}' web
docker pause web
docker pause web
docker exec web true
docker unpause web
docker restart -t 0 web
docker kill -s HUP web
docker stop -t 1 web
docker stop web
docker start web
docker kill web
docker wait web
docker rm nosuch other
docker container rm web first
docker tag busybox mine/box:1
docker rmi alpine mine/box:1 nosuch
docker container prune -f
docker run --name work busybox sh -c 'mkdir /w; echo made > /w/note; rm /etc/group'
docker diff work
docker cp work:/w/note note
cat note
docker cp note work:/w/copy
docker cp work:/nosuch .
docker commit -m saved -c 'CMD ["cat","/w/copy"]' work made:1 | wc -c
docker run --rm made:1
docker export work -o work.tar
docker save busybox -o box.tar
docker rmi -f made:1 | wc -l
docker rm work
docker network create --subnet 10.5.0.0/24 --label a=b net1
docker network create net1
docker network ls --format '{{.Name}} {{.Driver}} {{.Scope}}'
docker network inspect --format '{{json .IPAM}} {{json .Labels}}' net1
docker run -d --name in1 --network net1 --ip 10.5.0.9 --network-alias db busybox sleep 1000
docker run --rm --network net1 busybox ping -c 1 -q nosuchhost
docker network inspect --format '{{range .Containers}}{{.Name}} {{.IPv4Address}}{{end}}' net1
docker network disconnect net1 in1
docker network connect --alias x net1 in1
docker network rm net1
docker rm -f in1
docker network rm net1 host
docker volume create --label k=v data
docker volume create
docker run --rm -v data:/d busybox sh -c 'echo kept > /d/note'
docker run --rm -v data:/d:ro busybox sh -c 'cat /d/note; touch /d/x'
docker volume ls --format '{{.Name}} {{.Driver}}'
docker volume inspect --format '{{.Mountpoint}} {{json .Labels}}' data
docker volume rm data nosuch
docker volume prune -af
docker system df --format '{{.Type}} {{.TotalCount}} {{.Active}} {{.Size}}'
docker image prune -af
docker context show
# templates that the object as Go holds it fails: the plain JSON is tried with the whole template
docker run -d --name shaped --cpu-shares 512 --cpus 0.5 -l x=y busybox sleep 1000
docker inspect -f '{{.Id}} {{join .Args " "}}' shaped
docker inspect -f '{{.ID}} {{join .Args " "}}' shaped
docker inspect -f '{{.HostConfig.CpuShares}} {{join .Config.Cmd "-"}}' shaped
docker inspect -f '{{.HostConfig.CPUShares}} {{.HostConfig.NanoCPUs}} {{join .Config.Cmd "-"}}' shaped
docker inspect -f '{{.Id}} {{eq .State.ExitCode 0}}' shaped
docker inspect -f '{{.Id}} {{eq .State.ExitCode "0"}} {{if .State.ExitCode}}any text is true{{end}}' shaped
docker inspect -f '{{.Id}} {{printf "%d|%s|%5s" .RestartCount .RestartCount .RestartCount}} {{len .State.ExitCode}}' shaped
docker inspect -f '{{.Id}} {{index .Config.Labels "x"}} {{index .Config.Labels "nope"}}' shaped
docker inspect -f '{{join .Mounts ","}}' shaped
docker inspect -f '{{.Id}} {{join .HostConfig.Binds ","}}' shaped
docker inspect -f '{{.Nope}}' shaped shaped
docker image inspect -f '{{.Id}} {{join .RepoTags ","}}' busybox
docker volume create shaped
docker volume inspect -f '{{.ID}}' shaped
docker volume inspect -f '{{json .Labels}} {{.Options}} {{.Name}}' shaped
docker version -f '{{.Client.Version}} {{.Server.Version}} {{.Foo}}'
docker version -f '{{.Client}}'
docker info -f '{{.ServerVersion}} {{.Foo}}'
docker history --format '{{.Foo}}' busybox
docker search --format '{{.Foo}}' nginx
docker network ls --format '{{.Foo}}'
docker stats --no-stream --format '{{.Foo}}' shaped
docker rm -f shaped
docker volume rm shaped
docker -H foo:1:2 ps
docker -H 'tcp://a b' ps
docker -H 'tcp://[::1]' ps
# what Go gives types of their own: ports, modes, durations, limits, policies, mounts
docker run -d --name typed --health-cmd true --health-interval 90s -v /tmp:/x:ro --ulimit nofile=10:20 -p 127.0.0.1:81:80/udp --restart always busybox sleep 1000
docker inspect -f '{{.Config.Healthcheck}} {{.Config.Healthcheck.Interval}} {{json .Config.Healthcheck}}' typed
docker inspect -f '{{.HostConfig.Ulimits}} {{range .HostConfig.Ulimits}}{{.Name}} {{.Soft}}{{end}} {{json .HostConfig.Ulimits}}' typed
docker inspect -f '{{range $p, $b := .HostConfig.PortBindings}}{{$p}} {{$p.Port}} {{$p.Proto}} {{range $b}}{{.HostIP}}:{{.HostPort}}{{end}};{{end}}' typed
docker inspect -f '{{(index (index .NetworkSettings.Ports "80/udp") 0).HostPort}} {{.NetworkSettings.Ports}}' typed
docker inspect -f '{{.HostConfig.NetworkMode.IsBridge}} {{.HostConfig.NetworkMode.NetworkName}} {{.HostConfig.IpcMode.IsPrivate}} {{json .HostConfig.NetworkMode}} {{lower .HostConfig.NetworkMode}}' typed
docker inspect -f '{{.HostConfig.RestartPolicy.IsAlways}} {{.HostConfig.RestartPolicy}} {{json .HostConfig.RestartPolicy}}' typed
docker inspect -f '{{eq .HostConfig.NetworkMode "bridge"}} {{index .Mounts 0}} {{json .Mounts}}' typed
docker network inspect -f '{{.Peers}} {{.Services}} {{.ConfigFrom}} {{json .}}' none | sed 's/"Created":"[^"]*"//; s/[0-9a-f]\{64\}//'
docker system df -v --format '{{range .Images}}{{.ID}} {{end}}'
docker rm -f typed
