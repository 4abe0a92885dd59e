"""Starts processes that are hard to list, prints {name: pid}, and ends exactly these when standard input ends.

The first argument is a folder of its own.
"""

import ctypes
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time

FOLDER = os.fsencode(sys.argv[1])
children = []


def started(name, arguments, **options):
    child = subprocess.Popen(arguments, **options)
    children.append(child)
    pids[name] = child.pid


def sleeper(file_name):
    path = os.path.join(FOLDER, file_name)
    shutil.copy("/bin/sleep", path)
    os.chmod(path, 0o755)
    return path


def forked(work):
    pid = os.fork()
    if pid == 0:
        try:
            work()
        finally:
            os._exit(0)
    forks.append(pid)
    return pid


def until(pid, letters):
    for _ in range(200):
        with open("/proc/%d/stat" % pid, "rb") as file:
            if file.read().rpartition(b")")[2].split()[0].decode() in letters:
                return
        time.sleep(0.02)


def naptime():
    time.sleep(600)


def with_threads():
    for target in (naptime, naptime, renamed):
        threading.Thread(target=target, daemon=True).start()
    time.sleep(600)


def renamed():
    PR_SET_NAME = 15
    ctypes.CDLL(None).prctl(PR_SET_NAME, ctypes.c_char_p(b") R 1 2 (\\n"), 0, 0, 0)
    time.sleep(600)


def with_socket():
    # Children of fork must not keep those of others.
    listener = socket.create_server(("127.0.0.1", 0))
    datagrams = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
    datagrams.bind(("::1", 0))
    file = open(os.path.join(FOLDER, b"held file"), "w")
    os.write(write_end, b"%d %d\n" % (listener.getsockname()[1], datagrams.getsockname()[1]))
    time.sleep(600)
    print(file, datagrams)


pids = {}
forks = []
read_end, write_end = os.pipe()
for key, file_name in {
    "blank": b"my prog",
    "parenthesis": b"n) x (",
    "lineFeed": b"new\nline",
    "bytes": b"\xff\xfe odd",
    "long": "aa-énormément-long-name".encode(),
}.items():
    started(key, [sleeper(file_name), b"600"])
started("empty", [sys.executable, "-c", "import time; time.sleep(600)", "", "a b", ""])
started("huge", [sys.executable, "-c", "import time; time.sleep(600)", "x" * 100_000, "y" * 100_000])
started("busy", [sys.executable, "-c", "while True: pass"])
started("nice", ["nice", "-n", "7", "sleep", "600"])
started("idle", ["ionice", "-c", "3", "sleep", "600"])
started("first", ["ionice", "-c", "2", "-n", "1", "sleep", "600"])
started("limited", ["prlimit", "--nofile=100:200", "--core=0:0", "--stack=1048576:unlimited", "sleep", "600"])
started("pinned", ["taskset", "-c", "0", "sleep", "600"])
gone = sleeper(b"gone prog")
started("goneProgram", [gone, b"600"])
folder = os.path.join(FOLDER, b"gone folder")
os.mkdir(folder)
started("goneFolder", ["sleep", "600"], cwd=folder)
started("stopped", ["sleep", "600"])
if os.getuid() == 0:
    started("foreign", ["setpriv", "--reuid=65534", "--clear-groups", "sleep", "600"])
pids["threads"] = forked(with_threads)
pids["renamed"] = forked(renamed)
pids["sockets"] = forked(with_socket)
pids["zombie"] = forked(lambda: None)
for child in children:
    if child.pid != pids["busy"]:
        until(child.pid, "S")
os.unlink(gone)
os.rmdir(folder)
os.kill(pids["stopped"], signal.SIGSTOP)
until(pids["stopped"], "T")
until(pids["zombie"], "Z")
tcp, udp = os.read(read_end, 100).split()
print(json.dumps({"pids": pids, "tcp": int(tcp), "udp": int(udp)}), flush=True)
sys.stdin.read()
for child in children:
    child.kill()
    child.wait()
for pid in forks:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    os.waitpid(pid, 0)
