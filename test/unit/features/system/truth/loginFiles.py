"""Writes utmp, wtmp and btmp as glibc lays them out on x86: python loginFiles.py FOLDER TERMINAL PID."""

import struct
import sys
import time

RECORD = struct.Struct("<hxxi32s4s32s256shhiii4i20x")
BOOT, RUN_LEVEL, LOGIN, USER, DEAD = 2, 1, 6, 7, 8


def record(kind, pid, line, user, host, seconds):
    return RECORD.pack(
        kind, pid, line.encode(), line[-4:].encode(), user.encode(), host.encode(), 0, 0, 0, seconds, 250000, 0, 0, 0, 0
    )


def main(folder, terminal, pid):
    now = int(time.time())
    day = now - 86400
    utmp = [
        record(BOOT, 0, "~", "reboot", "6.1.0-test", day),
        record(RUN_LEVEL, 53, "~", "runlevel", "6.1.0-test", day + 5),
        record(LOGIN, 600, "tty1", "LOGIN", "", day + 6),
        record(USER, pid, terminal, "alice", "192.0.2.7", now - 3600),
        record(USER, pid, "tty2", "bob", "", now - 1800),
    ]
    wtmp = [
        record(BOOT, 0, "~", "reboot", "5.10.0-test", day - 90000),
        record(USER, 101, "pts/0", "carol", "192.0.2.8", day - 80000),
        record(DEAD, 101, "pts/0", "", "", day - 79000),
        record(USER, 102, "pts/1", "dave", "2001:db8::5", day - 70000),
        record(USER, 103, "pts/1", "erin", "", day - 60000),
        record(RUN_LEVEL, 0, "~", "shutdown", "5.10.0-test", day - 50000),
        record(BOOT, 0, "~", "reboot", "5.10.0-test", day - 49000),
        record(USER, 104, "tty1", "frank", "", day - 48000),
        record(BOOT, 0, "~", "reboot", "6.1.0-test", day),
        record(USER, 99999999, "pts/6", "grace", "192.0.2.9", day + 100),
        record(USER, pid, terminal, "alice", "192.0.2.7", now - 3600),
    ]
    btmp = [record(LOGIN, 7, "ssh:notty", name, "203.0.113.5", day + 10 * n) for n, name in enumerate(["root", "admin"])]
    for name, records in (("utmp", utmp), ("wtmp", wtmp), ("btmp", btmp)):
        with open(f"{folder}/{name}", "wb") as file:
            file.write(b"".join(records))


assert RECORD.size == 384
main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
