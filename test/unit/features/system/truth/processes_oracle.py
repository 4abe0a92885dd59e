"""What psutil tells of all processes, for each line of standard input, as one line of JSON: pid -> attributes.

Arguments come from /proc itself, for psutil splits a single argument at its blanks. Long ones are shortened. Bytes that are no UTF-8 are
written as Opsdeck writes them. What psutil may not see is null.
"""

import codecs
import json
import os
import sys
import time

import psutil

ATTRIBUTES = (
    "ppid name exe cwd status username uids gids create_time terminal cpu_times cpu_num memory_info memory_percent "
    "num_threads num_fds io_counters num_ctx_switches nice cpu_affinity"
).split()

codecs.register_error(
    "hex",
    lambda error: ("".join("\\x%02x" % byte for byte in error.object[error.start : error.end]), error.end),
)


def plain(value):
    if isinstance(value, str):
        return os.fsencode(value).decode("utf-8", "hex")
    if hasattr(value, "_asdict"):
        return {key: plain(one) for key, one in value._asdict().items()}
    return value


def shortened(argument):
    return argument if len(argument) <= 1000 else "%s…%d" % (argument[:9], len(argument))


def arguments(pid):
    try:
        with open("/proc/%d/cmdline" % pid, "rb") as file:
            content = file.read()
    except OSError:
        return None
    if content.endswith(b"\0"):
        content = content[:-1]
    elif not content:
        return []
    return [shortened(one.decode("utf-8", "hex")) for one in content.split(b"\0")]


def identifiers(pid):
    try:
        return [os.getpgid(pid), os.getsid(pid), os.sched_getscheduler(pid) & ~os.SCHED_RESET_ON_FORK]
    except OSError:
        return None


def told():
    result = {}
    for process in psutil.process_iter(ATTRIBUTES, ad_value=None):
        attributes = {key: plain(value) for key, value in process.info.items()}
        attributes["cmdline"] = arguments(process.pid)
        attributes["ids"] = identifiers(process.pid)
        result[process.pid] = attributes
    return {"seconds": time.monotonic(), "processes": result}


for _ in sys.stdin:
    print(json.dumps(told()), flush=True)
