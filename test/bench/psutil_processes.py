"""Lists processes and sockets with psutil, in one process that stays, and tells how long that took.

A line "processes COUNT" or "sockets COUNT" on standard input asks for so many lists; the answer is one line of JSON, a
list of milliseconds. The attributes are those of Opsdeck's list that psutil has.
"""

import json
import sys
import time

import psutil

ATTRIBUTES = [
    "pid",
    "ppid",
    "name",
    "exe",
    "cmdline",
    "cwd",
    "status",
    "username",
    "uids",
    "gids",
    "create_time",
    "terminal",
    "cpu_times",
    "cpu_percent",
    "cpu_num",
    "memory_info",
    "memory_percent",
    "num_threads",
    "num_fds",
    "io_counters",
    "num_ctx_switches",
    "nice",
    "cpu_affinity",
]


def processes():
    return [process.info for process in psutil.process_iter(ATTRIBUTES)]


def sockets():
    return psutil.net_connections("all")


def main():
    for line in sys.stdin:
        what, count = line.split()
        take = processes if what == "processes" else sockets
        elapsed = []
        for _ in range(int(count)):
            begun = time.perf_counter()
            take()
            elapsed.append((time.perf_counter() - begun) * 1000)
        print(json.dumps(elapsed), flush=True)


main()
