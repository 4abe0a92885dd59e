/** strerror(3) in the C locale, of GNU, busybox, musl and BSD. */
const ERRNOS: Readonly<Record<string, string>> = {
  'No such file or directory': 'ENOENT',
  'Not a directory': 'ENOTDIR',
  'No such process': 'ESRCH',
  'Permission denied': 'EACCES',
  'Operation not permitted': 'EPERM',
  'Is a directory': 'EISDIR',
  'Invalid argument': 'EINVAL',
  'Input/output error': 'EIO',
  'I/O error': 'EIO',
  'Resource temporarily unavailable': 'EAGAIN',
  'Too many levels of symbolic links': 'ELOOP',
  'Symbolic link loop': 'ELOOP',
  'File name too long': 'ENAMETOOLONG',
  'No such device': 'ENODEV',
  'No such device or address': 'ENXIO',
  'Stale file handle': 'ESTALE',
  'Transport endpoint is not connected': 'ENOTCONN',
  'Host is down': 'EHOSTDOWN',
  'Connection timed out': 'ETIMEDOUT',
  'Operation not supported': 'EOPNOTSUPP',
  'Device or resource busy': 'EBUSY',
  'File exists': 'EEXIST',
  'Directory not empty': 'ENOTEMPTY',
  'No space left on device': 'ENOSPC',
  'Disk quota exceeded': 'EDQUOT',
  'Read-only file system': 'EROFS',
  'File too large': 'EFBIG',
};

/** The error at the end of a complaint such as 'cat: /x: Permission denied'. */
export function errnoAtEnd(complaint: string): string | undefined {
  const text = complaint.trimEnd();
  return ERRNOS[text.slice(text.lastIndexOf(': ') + 2)];
}

/** When the text is nothing but what that program says of one path: the error. */
export function errnoOfText(program: string, text: string): string | undefined {
  const start = text.slice(0, 80);
  if (!text.endsWith('\n') || !new RegExp(`^(?:\\S*/)?${program}: `).test(start)) return undefined;
  return errnoAtEnd(text);
}

/** What programs say, line by line: path → error. */
export function complaintsOf(lines: string): ReadonlyMap<string, string> {
  const complaints = new Map<string, string>();
  for (const line of lines.split('\n')) {
    const [, said = ''] = /^[^ ]*: (.*): [^:]+$/.exec(line) ?? [];
    const path = said.replace(/: cannot read link$/, '').replace(/^(?:can't|cannot) [^'/]*/, '');
    const errno = errnoAtEnd(line);
    if (errno !== undefined) complaints.set(/^'.*'$/.test(path) ? path.slice(1, -1) : path, errno);
  }
  return complaints;
}
