"""What psutil tells of the process with the PID on each line of standard input, as one line of JSON each."""

import json
import sys

import psutil

LIMITS = "cpu fsize data stack core rss nproc nofile memlock as locks sigpending msgqueue nice rtprio rttime".split()


def limit(process, name):
    soft, hard = process.rlimit(getattr(psutil, "RLIMIT_" + name.upper()))
    return [None if value == psutil.RLIM_INFINITY else value for value in (soft, hard)]


def connection(one):
    def end(address):
        return list(address) if isinstance(address, tuple) and address else [str(address) if address else None, None]

    return [one.fd, one.family.name, one.type.name, end(one.laddr), end(one.raddr), one.status]


def local_sockets(process):
    """None of them while any UNIX socket of the machine has a line feed in its path: psutil gives up then."""
    try:
        return process.connections(kind="unix")
    except RuntimeError:
        return []


def told(pid):
    process = psutil.Process(pid)
    return {
        "name": process.name(),
        "cmdline": process.cmdline(),
        "exe": process.exe(),
        "cwd": process.cwd(),
        "ppid": process.ppid(),
        "username": process.username(),
        "uids": list(process.uids()),
        "gids": list(process.gids()),
        "createTime": process.create_time(),
        "terminal": process.terminal(),
        "status": process.status(),
        "nice": process.nice(),
        "ionice": [process.ionice().ioclass.name, process.ionice().value],
        "affinity": process.cpu_affinity(),
        "cpuTimes": process.cpu_times()._asdict(),
        "memory": process.memory_full_info()._asdict(),
        "fds": process.num_fds(),
        "switches": list(process.num_ctx_switches()),
        "io": process.io_counters()._asdict(),
        "threads": [list(one) for one in process.threads()],
        "files": [one._asdict() for one in process.open_files()],
        "connections": [connection(one) for one in process.connections(kind="inet") + local_sockets(process)],
        "grouped": [one._asdict() for one in process.memory_maps(grouped=True)],
        "maps": [one._asdict() for one in process.memory_maps(grouped=False)],
        "limits": {name: limit(process, name) for name in LIMITS if hasattr(psutil, "RLIMIT_" + name.upper())},
        "environ": process.environ(),
        "children": [one.pid for one in process.children(recursive=True)],
        "parents": [one.pid for one in process.parents()],
    }


for line in sys.stdin:
    print(json.dumps(told(int(line))), flush=True)
