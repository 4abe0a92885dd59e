"""Takes samples of this machine with psutil, in one process that stays, and tells how long they took.

A line "COUNT GAP_MS" on standard input asks for so many samples with a pause before each; the answer is one line of
JSON, a list of milliseconds. "counters" asks for figures that are compared with those of others, "percent SECONDS" for
the use of the processors over that time.

The fields are those of the system overview: what psutil has no function for (inodes, pressure, the limits of control
groups) is read as a Python programmer would.
"""

import json
import os
import sys
import time

import psutil

PRESSURE_FILES = ["/proc/pressure/cpu", "/proc/pressure/memory", "/proc/pressure/io"]


def text_of(path):
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except OSError:
        return None


def pressure():
    result = {}
    for path in PRESSURE_FILES:
        for line in (text_of(path) or "").splitlines():
            kind, *pairs = line.split()
            result[path, kind] = {name: float(value) for name, value in (pair.split("=") for pair in pairs)}
    return result


def control_group_files():
    """The files with the usage of the group that this process is in, of either version."""
    paths = []
    for line in (text_of("/proc/self/cgroup") or "").splitlines():
        _, controllers, path = line.split(":", 2)
        path = "" if path == "/" else path
        if controllers == "":
            paths += ["/sys/fs/cgroup" + path + name for name in ("/memory.current", "/cpu.stat")]
        elif "memory" in controllers.split(","):
            paths.append("/sys/fs/cgroup/memory" + path + "/memory.usage_in_bytes")
        elif "cpu" in controllers.split(","):
            paths.append("/sys/fs/cgroup/cpu" + path + "/cpu.stat")
    return [path for path in paths if os.path.exists(path)]


GROUP_FILES = control_group_files()


def file_systems():
    result = {}
    for part in psutil.disk_partitions(all=False) + [
        part for part in psutil.disk_partitions(all=True) if part.fstype in ("tmpfs", "devtmpfs", "overlay")
    ]:
        try:
            space = psutil.disk_usage(part.mountpoint)
            files = os.statvfs(part.mountpoint)
        except OSError:
            continue
        result[part.mountpoint] = (part, space, files.f_files, files.f_ffree)
    return result


def sensor(name):
    function = getattr(psutil, name, None)
    return function() if function else None


def sample():
    return {
        "times": psutil.cpu_times(),
        "cores": psutil.cpu_times(percpu=True),
        "frequency": psutil.cpu_freq(percpu=True),
        "stats": psutil.cpu_stats(),
        "load": psutil.getloadavg(),
        "memory": psutil.virtual_memory(),
        "swap": psutil.swap_memory(),
        "pressure": pressure(),
        "group": {path: text_of(path) for path in GROUP_FILES},
        "file systems": file_systems(),
        "disks": psutil.disk_io_counters(perdisk=True),
        "interfaces": psutil.net_io_counters(pernic=True),
        "links": psutil.net_if_stats(),
        "boot": psutil.boot_time(),
        "users": psutil.users(),
        "temperatures": sensor("sensors_temperatures"),
        "fans": sensor("sensors_fans"),
        "battery": sensor("sensors_battery"),
    }


def timed(count, gap_ms):
    result = []
    for _ in range(count):
        if gap_ms:
            time.sleep(gap_ms / 1000)
        begun = time.perf_counter()
        sample()
        result.append((time.perf_counter() - begun) * 1000)
    return result


def counters():
    memory = psutil.virtual_memory()
    return {
        "bootTimeSeconds": psutil.boot_time(),
        "cores": psutil.cpu_count(),
        "totalBytes": memory.total,
        "availableBytes": memory.available,
        "interfaces": {name: one._asdict() for name, one in psutil.net_io_counters(pernic=True).items()},
        "disks": {name: one._asdict() for name, one in psutil.disk_io_counters(perdisk=True).items()},
    }


def main():
    for line in sys.stdin:
        words = line.split()
        if words[0] == "counters":
            answer = counters()
        elif words[0] == "percent":
            answer = psutil.cpu_percent(interval=float(words[1]))
        else:
            answer = timed(int(words[0]), float(words[1]))
        print(json.dumps(answer), flush=True)


main()
