"""Answers each line of standard input, the names of hosts, with the seconds that `uname -a` on all of them took, as
JSON: [from the names to the last answer, again over the open connections]. Its argument is an ssh_config, which is read
before. What fabric makes of it for each host is part of the first time, as it is on our side."""

import json
import sys
import time

from fabric import Config, ThreadingGroup

config = Config(runtime_ssh_path=sys.argv[1])
for line in sys.stdin:
    begun = time.perf_counter()
    group = ThreadingGroup(*line.split(), config=config)
    try:
        answer = []
        for _ in range(2):
            results = group.run("uname -a", hide=True)
            answer.append(time.perf_counter() - begun)
            assert all(result.stdout.startswith("Linux") for result in results.values())
            begun = time.perf_counter()
    finally:
        group.close()
    print(json.dumps(answer), flush=True)
