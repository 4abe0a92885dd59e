"""What psutil tells of sockets and interfaces: each line of standard input is a word, answered with a line of JSON."""

import json
import sys

import psutil

KINDS = "inet inet4 inet6 tcp tcp4 tcp6 udp udp4 udp6 unix all".split()


def end(address):
    if isinstance(address, str):
        return [address, None]
    return [address.ip, address.port] if address else [None, None]


def connections():
    found = {}
    for kind in KINDS:
        found[kind] = [
            [one.family.name, one.type.name, end(one.laddr), end(one.raddr), one.status, one.pid, one.fd]
            for one in psutil.net_connections(kind)
        ]
    return found


def interfaces():
    return {
        "addresses": {
            name: [[one.family.name, one.address, one.netmask, one.broadcast, one.ptp] for one in all]
            for name, all in psutil.net_if_addrs().items()
        },
        "stats": {
            name: [one.isup, int(one.duplex), one.speed, one.mtu, getattr(one, "flags", "")]
            for name, one in psutil.net_if_stats().items()
        },
        "counters": {name: one._asdict() for name, one in psutil.net_io_counters(pernic=True, nowrap=False).items()},
    }


for line in sys.stdin:
    print(json.dumps({"connections": connections, "interfaces": interfaces}[line.strip()]()), flush=True)
