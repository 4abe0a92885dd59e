"""A process with something of everything, for the truth test of `system.process`.

Its first argument is an empty folder. It prints one line of JSON with what it has made, and ends when its standard
input does.
"""

import ctypes
import fcntl
import json
import mmap
import os
import resource
import select
import socket
import subprocess
import sys
import threading
import time

PR_SET_NAME = 15
MIB = 1024 * 1024

libc = ctypes.CDLL(None, use_errno=True)
folder = os.fsencode(sys.argv[1])
kept = []
made = {}


def path(name):
    return folder + b"/" + name


def opened(name, flags, content=b""):
    fd = os.open(path(name), flags | os.O_CREAT, 0o600)
    if content:
        os.pwrite(fd, content, 0)
    kept.append(fd)
    return fd


def files():
    made["plain"] = opened(b"plain.log", os.O_RDWR | os.O_APPEND, b"x" * 5000)
    os.lseek(made["plain"], 1234, os.SEEK_SET)
    made["deleted"] = opened(b"gone.log", os.O_RDWR, b"y" * MIB)
    made["deletedToo"] = os.dup(made["deleted"])
    os.unlink(path(b"gone.log"))
    made["namedDeleted"] = opened(b"not gone (deleted)", os.O_WRONLY)
    made["hostile"] = opened(b"a \xff\n\xc3\xa9", os.O_RDWR)
    made["flock"] = opened(b"flock", os.O_RDWR)
    fcntl.flock(made["flock"], fcntl.LOCK_EX)
    made["posix"] = opened(b"posix", os.O_RDWR, b"z" * 100)
    fcntl.lockf(made["posix"], fcntl.LOCK_EX, 10, 5)
    made["folder"] = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    made["device"] = os.open("/dev/null", os.O_RDWR)
    made["path"] = os.open(folder, os.O_PATH)
    os.mkfifo(path(b"fifo"))
    made["fifo"] = os.open(path(b"fifo"), os.O_RDWR)


def kernel_objects():
    made["eventfd"] = os.eventfd(7)
    poll = select.epoll()
    poll.register(made["eventfd"], select.EPOLLIN)
    kept.append(poll)
    made["epoll"] = poll.fileno()
    made["inotify"] = libc.inotify_init()
    libc.inotify_add_watch(made["inotify"], b"/tmp", 2)
    libc.inotify_add_watch(made["inotify"], b"/", 2)
    made["timerfd"] = libc.timerfd_create(1, 0)
    libc.timerfd_settime(made["timerfd"], 0, (ctypes.c_long * 4)(60, 0, 3600, 0), None)
    made["memfd"] = os.memfd_create("some memory")
    os.write(made["memfd"], b"m" * 777)
    made["pidfd"] = os.pidfd_open(os.getpid())


def listener(family, address):
    one = socket.socket(family, socket.SOCK_STREAM)
    one.bind(address)
    one.listen()
    kept.append(one)
    return one


def sockets():
    server = listener(socket.AF_INET, ("127.0.0.1", 0))
    client = socket.create_connection(server.getsockname())
    accepted, _ = server.accept()
    client.send(b"12345")
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    udp.bind(("127.0.0.1", 0))
    kept.extend([client, accepted, udp, socket.socketpair()])
    made.update(server=server.fileno(), client=client.fileno(), accepted=accepted.fileno(), udp=udp.fileno())
    made.update(port=server.getsockname()[1], udpPort=udp.getsockname()[1])
    if socket.has_ipv6 and os.path.exists("/proc/net/if_inet6"):
        listener(socket.AF_INET6, ("::1", 0))
    made["unix"] = listener(socket.AF_UNIX, path(b"a socket")).fileno()
    made["abstract"] = listener(socket.AF_UNIX, b"\0opsdeck-truth-%d" % os.getpid()).fileno()
    netlink = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)
    netlink.bind((0, 0))
    kept.append(netlink)
    made["netlink"] = netlink.fileno()


def worker(number, ready):
    libc.prctl(PR_SET_NAME, b"busy" if number == 0 else b"worker ) %02d" % number, 0, 0, 0)
    ready.release()
    if number == 0:
        until = time.monotonic() + 0.3
        while time.monotonic() < until:
            pass
    time.sleep(3600)


def threads():
    ready = threading.Semaphore(0)
    for number in range(50):
        threading.Thread(target=worker, args=(number, ready), daemon=True).start()
    for _ in range(50):
        ready.acquire()


def memory():
    anonymous = mmap.mmap(-1, 32 * MIB, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    anonymous[: 8 * MIB] = b"1" * (8 * MIB)
    fd = opened(b"mapped file", os.O_RDWR, b"f" * (4 * MIB))
    shared = mmap.mmap(fd, 4 * MIB, mmap.MAP_SHARED)
    shared[:MIB] = b"g" * MIB
    kept.extend([anonymous, shared])


def main():
    files()
    kernel_objects()
    sockets()
    memory()
    read, write = os.pipe()
    made["pipeRead"], made["pipeWrite"] = read, write
    child = subprocess.Popen(["sh", "-c", "sleep 3600 & wait"], pass_fds=[read], stdin=subprocess.DEVNULL)
    made["child"] = child.pid
    threads()
    resource.setrlimit(resource.RLIMIT_NOFILE, (200, 400))
    resource.setrlimit(resource.RLIMIT_CORE, (4096, 8192))
    os.nice(5)
    os.sched_setaffinity(0, {0})
    libc.prctl(PR_SET_NAME, b"a) S 1 (\nb", 0, 0, 0)
    time.sleep(0.5)
    print(json.dumps(made), flush=True)
    sys.stdin.read()


main()
