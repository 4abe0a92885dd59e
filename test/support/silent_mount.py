"""A FUSE file system of one file, 'data', whose server can fall silent as that of a dead network mount.

Run with the mount point and a type; it is mounted in a mount namespace of its own, so that nobody else on the machine
meets it. Takes lines on standard input: 'silent' answers nothing from then on. Prints 'ready' when it is mounted, ends
when its input ends. Needs root. See fuse(4) and include/uapi/linux/fuse.h.
"""
import ctypes
import os
import signal
import stat
import struct
import sys
import threading

LOOKUP, FORGET, GETATTR, OPEN, READ, STATFS, RELEASE, FLUSH, INIT, OPENDIR, RELEASEDIR, ACCESS, INTERRUPT = (
    1, 2, 3, 14, 15, 17, 18, 25, 26, 27, 29, 34, 36)
CLONE_NEWNS, MS_REC, MS_PRIVATE = 0x20000, 0x4000, 0x40000
ENOENT, ENOSYS = 2, 38
ROOT, DATA = 1, 2
CONTENT = b'x' * 4096

silent = threading.Event()


def attributes(node):
    mode, size, links = (stat.S_IFDIR | 0o755, 0, 2) if node == ROOT else (stat.S_IFREG | 0o644, len(CONTENT), 1)
    return struct.pack('<QQQQQQIIIIIIIIII', node, size, 8, 0, 0, 0, 0, 0, 0, mode, links, 0, 0, 0, 4096, 0)


def answer(opcode, node, body):
    """An errno and what comes with it; None where no answer is due. Nothing may be cached, so that each look asks."""
    if opcode == INIT:
        return 0, struct.pack('<IIIIHHIIHH32x', 7, 31, 0, 0, 16, 16, 65536, 1, 16, 0)
    if opcode == LOOKUP:
        if body.rstrip(b'\0') != b'data':
            return ENOENT, b''
        return 0, struct.pack('<QQQQII', DATA, 0, 0, 0, 0, 0) + attributes(DATA)
    if opcode == GETATTR:
        return 0, struct.pack('<QII', 0, 0, 0) + attributes(node)
    if opcode in (OPEN, OPENDIR):
        return 0, struct.pack('<QII', 0, 0, 0)
    if opcode == READ:
        return 0, CONTENT
    if opcode == STATFS:
        return 0, struct.pack('<QQQQQIIII24x', 1000, 500, 500, 10, 5, 4096, 255, 4096, 0)
    if opcode in (FORGET, INTERRUPT):
        return None
    return (0 if opcode in (RELEASE, RELEASEDIR, FLUSH) else ENOSYS), b''


def serve(device):
    while True:
        try:
            request = os.read(device, 1 << 17)
        except OSError:
            return
        _, opcode, unique, node = struct.unpack_from('<IIQQ', request)
        if silent.is_set():
            continue
        told = answer(opcode, node, request[40:])
        if told is not None:
            error, body = told
            body = b'' if error else body
            os.write(device, struct.pack('<IiQ', 16 + len(body), -error, unique) + body)


def main():
    where, kind = sys.argv[1:3]
    # Who hangs cannot be killed: with this, a test that hangs comes to its end.
    signal.alarm(240)
    device = os.open('/dev/fuse', os.O_RDWR)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWNS) != 0 or libc.mount(b'none', b'/', None, MS_REC | MS_PRIVATE, None) != 0:
        sys.exit(os.strerror(ctypes.get_errno()))
    options = f'fd={device},rootmode=40000,user_id=0,group_id=0'
    if libc.mount(b'silent', where.encode(), kind.encode(), 0, options.encode()) != 0:
        sys.exit(os.strerror(ctypes.get_errno()))
    threading.Thread(target=serve, args=(device,), daemon=True).start()
    print('ready', flush=True)
    for line in sys.stdin:
        if line.strip() == 'silent':
            silent.set()
            print('silent', flush=True)
    # Without its device, every call that waits fails at once.
    os._exit(0)


main()
