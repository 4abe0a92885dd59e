"""
Makes sockets of every kind and tells of them in one line of JSON; then obeys lines of standard input ('send N', 'ugly',
'pretty') and answers each with a line. Ends with its input, and its child with it.
"""

import ctypes
import json
import os
import socket
import sys

folder = sys.argv[1]
kept = []
told = {}


def keep(name, one):
    kept.append(one)
    told[name] = {"fd": one.fileno(), "inode": os.fstat(one.fileno()).st_ino}
    if one.family in (socket.AF_INET, socket.AF_INET6) and one.type in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        told[name]["local"] = list(one.getsockname()[:2])
    return one


def listener(name, family, address):
    one = socket.socket(family, socket.SOCK_STREAM)
    if address == "::":
        one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
    one.bind((address, 0))
    one.listen(7)
    return keep(name, one)


def connected(name, server):
    client = socket.create_connection(server.getsockname()[:2])
    accepted, _ = server.accept()
    keep(name + "Client", client)
    keep(name + "Server", accepted)
    return client, accepted


tcp4 = listener("tcp4Listen", socket.AF_INET, "127.0.0.1")
tcp6 = listener("tcp6Listen", socket.AF_INET6, "::1")
both = listener("bothListen", socket.AF_INET6, "::")
client, accepted = connected("tcp4", tcp4)
connected("tcp6", tcp6)
mapped = keep("mappedClient", socket.create_connection(("127.0.0.1", both.getsockname()[1])))
keep("mappedServer", both.accept()[0])
half, closing = connected("closeWait", tcp4)
half.close()
kept.remove(half)
del told["closeWaitClient"]

waiting = keep("waitingClient", socket.create_connection(tcp4.getsockname()))

gone = socket.create_connection(tcp6.getsockname()[:2])
other, _ = tcp6.accept()
told["timeWait"] = {"local": list(gone.getsockname()[:2])}
gone.close()
other.close()

bound = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
bound.bind(("127.0.0.1", 0))
keep("udp4Bound", bound)
bound6 = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
bound6.bind(("::1", 0))
keep("udp6Bound", bound6)
sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sender.connect(bound.getsockname())
sender.send(b"twelve bytes")
keep("udp4Connected", sender)

path = os.path.join(folder, "a 12 b.sock")
stream = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
stream.bind(path)
stream.listen(3)
keep("unixListen", stream)
told["unixListen"]["path"] = path
to_unix = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
to_unix.connect(path)
keep("unixClient", to_unix)
keep("unixServer", stream.accept()[0])
abstract = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
abstract.bind("\0opsdeck-%d" % os.getpid())
keep("unixAbstract", abstract)
told["unixAbstract"]["path"] = "@opsdeck-%d" % os.getpid()
packets = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
keep("unixSeqpacket", packets)

try:
    keep("raw4", socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP))
    keep("raw6", socket.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_ICMPV6))
    packet = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x0806))
    packet.bind(("lo", 0x0806))
    keep("packet", packet)
except PermissionError:
    pass  # needs CAP_NET_RAW
netlink = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)
netlink.bind((0, 0))
keep("netlink", netlink)

shared = listener("shared", socket.AF_INET, "127.0.0.1")
child = os.fork()
if child == 0:
    ctypes.CDLL(None).prctl(1, 9)  # PR_SET_PDEATHSIG, SIGKILL
    for one in kept:
        if one is not shared:
            one.close()
    import signal

    signal.pause()

told["pids"] = {"own": os.getpid(), "child": child}
print(json.dumps(told), flush=True)
for line in sys.stdin:
    word, *rest = line.split()
    if word == "send":
        data = b"x" * int(rest[0])
        client.sendall(data)
        left = len(data)
        while left:
            left -= len(accepted.recv(min(left, 65536)))
        print("sent", flush=True)
    elif word == "ugly":
        # Only for a moment: psutil cannot list the sockets of a machine with such a path.
        ugly = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        ugly.bind(os.path.join(os.fsencode(folder), b"line\nfeed \xff.sock"))
        print(os.fstat(ugly.fileno()).st_ino, flush=True)
    elif word == "pretty":
        ugly.close()
        print("closed", flush=True)
os.kill(child, 9)
os.waitpid(child, 0)
