/** Pages about the network. */
export const NETWORK = `
# ip(8) interfaces, addresses and routes  see also: ss, ping
> ip [-4|-br|-c] OBJECT [COMMAND]
Each container on a bridge has an eth0 whose other end is a veth of the host.
addr | addresses
link | interfaces
route | where packets go
neigh | which hardware address an address has

# ifconfig(8) interfaces and addresses, the older way  see also: ip
> ifconfig [-a] [INTERFACE]

# ping(8) ask a machine whether it is there  see also: traceroute
> ping [OPTION]... HOST
-c N | N times, then end
-i SECONDS | how often
-W SECONDS | how long to wait for an answer

# curl(1) fetch or send over HTTP  see also: wget
> curl [OPTION]... URL...
--unix-socket /var/run/docker.sock http://localhost/version speaks to the engine itself.
-i | with the headers of the answer
-I | only the headers
-s | without progress and errors
-o FILE | into a file
-L | follow redirections
-X METHOD | GET, POST, DELETE, ...
-d DATA | send this
-H LINE | one more header
--unix-socket PATH | over this socket
-v | all that is said

# wget(1) fetch files over HTTP  see also: curl
> wget [OPTION]... URL...
-O FILE | into this file; - is the output
-q | quietly
-S | with the headers of the answer

# nslookup(1) ask for the address of a name  see also: dig
> nslookup NAME [SERVER]
On a network of your own the server is 127.0.0.11, which knows the names of containers.

# dig(1) ask a name server in detail  see also: nslookup
> dig [@SERVER] NAME [TYPE]
+short | only the answer

# nc(1) connect to a port, or listen on one  see also: curl, ss
> nc [OPTION]... HOST PORT
> nc -l [-p] PORT
-l | listen
-z | only see whether somebody listens
-v | say what happens
-u | UDP
-w SECONDS | how long to wait

# ss(8) who listens and who is connected  see also: netstat
> ss [OPTION]...
-t | TCP; -u UDP, -x Unix sockets
-l | only those who listen
-n | numbers, not names
-p | with the processes

# netstat(8) who listens and who is connected, the older way  see also: ss
> netstat [OPTION]...
-t | TCP; -u UDP
-l | only those who listen
-n | numbers, not names
-p | with the processes
-r | routes

# traceroute(1) the way of packets to a machine  see also: ping
> traceroute [OPTION]... HOST
-n | numbers, not names
`;
