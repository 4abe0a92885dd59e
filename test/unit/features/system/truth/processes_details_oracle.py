"""What psutil tells of the processes whose pids are its arguments and list() leaves out, as one line of JSON."""

import json
import sys

import psutil

LIMITS = {name[7:].lower(): getattr(psutil, name) for name in dir(psutil) if name.startswith("RLIMIT_")}


def told(process):
    return {
        "ionice": [int(one) for one in process.ionice()],
        "limits": {name: process.rlimit(number) for name, number in LIMITS.items()},
        "threads": [[one.id, one.user_time, one.system_time] for one in process.threads()],
    }


print(json.dumps({pid: told(psutil.Process(int(pid))) for pid in sys.argv[1:]}))
