/**
 * Reads batches of small files as machine/local does, in a process that stays: for `perl -`, on whose stdin it comes,
 * followed by the mark of its answers and the requests. Only what perl-base of Debian has is used.
 *
 * A request is a line of maxBytes and the number of groups; then, each ended by NUL, per group 'P' (a pattern) or 'p'
 * and the path, the number of members, and per member a letter for what is wanted, the index of its item, a blank and
 * what follows the pattern. The answer are records: `V item pathLength valueLength`, newline, path, value; `F` likewise
 * with the name of the error; `D group` for each group that is done.
 */
export const PERL_READER = String.raw`
use strict;
use Fcntl;
binmode STDIN;
binmode STDOUT;
my $flags = O_RDONLY | O_NONBLOCK | O_NOCTTY;
my $page = 4096;
my $whole = qr{^/proc/\d+/(?:stat|statm|status|cmdline|comm|io|cgroup|oom_score|oom_score_adj|loginuid|sessionid|limits|wchan)\z};
my $table = qr{^/proc/(?:[^/]+/)?net/tcp6?\z};
my $kernel = qr{^/(?:proc|sys)/(?!.*/(?:fd|root|cwd|exe|map_files|\.\.)(?:/|\z))}s;
my %absent = map { $_ => 1 } qw(ENOENT ENOTDIR ESRCH EISDIR kind:directory);
my (%errno, %known, $out, $place, $max);

sub flush {
  my $at = 0;
  while ($at < length $out) {
    my $written = syswrite STDOUT, $out, length($out) - $at, $at;
    exit unless defined $written;
    $at += $written;
  }
  $out = '';
}

sub code {
  if (!%errno) {
    for my $name (sort keys %!) {
      $! = 0;
      my $number = Errno->can($name)->();
      $errno{$number} = $name unless $name eq 'EWOULDBLOCK' || exists $errno{$number};
    }
  }
  return $errno{$_[0]} || "errno $_[0]";
}

sub value {
  $out .= "V $_[0] " . length($_[1]) . ' ' . length($_[2]) . "\n" . $_[1];
  $out .= $_[2];
  flush() if length $out > 65536;
}

sub failure {
  my ($item, $path, $code, $matched, $what) = @_;
  return if $matched && ($absent{$code} || $what eq 'l' && $code eq 'EINVAL');
  $out .= "F $item " . length($path) . ' ' . length($code) . "\n$path$code";
}

# What has been read is sent before a folder is entered that may be on a file system that hangs.
sub enter {
  my ($folder) = $_[0] =~ m{^(.*)/}s;
  return if !defined $folder || $folder eq $place;
  $place = $folder;
  flush() if $out ne '';
}

sub kind {
  return -d _ ? 'kind:directory' : -p _ ? 'kind:fifo' : -S _ ? 'kind:socket' : -b _ ? 'kind:block' : -c _ ? 'kind:character' : 'kind:unknown';
}

sub names {
  my $folder = $_[0];
  my $key = length $folder > 1 && substr($folder, -1) eq '/' ? substr($folder, 0, -1) : $folder;
  return $known{$key} if defined $known{$key};
  enter("$folder/") if $folder !~ m{^/(?:proc|sys)(?:/|\z)};
  my $handle;
  if (!opendir $handle, $folder) {
    my $error = $! + 0;
    return $known{$key} = code($error);
  }
  $! = 0;
  my @names = readdir $handle;
  my $error = $! + 0;
  closedir $handle;
  return $known{$key} = code($error) if !@names && $error;
  return $known{$key} = [grep { $_ ne '.' && $_ ne '..' } @names];
}

sub expand {
  my ($done, $segments, $found, $unlisted) = @_;
  my $at = 0;
  $at++ while $at < @$segments && $segments->[$at] !~ /\*|\[0-9\]/;
  if ($at == @$segments) {
    push @$found, $done . join '/', @$segments;
    return;
  }
  my $folder = $done . join '', map { "$_/" } @$segments[0 .. $at - 1];
  my $segment = $segments->[$at];
  my @rest = @$segments[$at + 1 .. $#$segments];
  my $names = names($folder eq '' ? '.' : $folder);
  if (!ref $names) {
    push @$unlisted, [$folder . join('/', $segment, @rest), $names];
    return;
  }
  my $source = join '', map { $_ eq '*' ? '.*' : $_ eq '[0-9]' ? $_ : quotemeta } split /(\*|\[0-9\])/, $segment;
  my $hidden = substr($segment, 0, 1) eq '.';
  for my $name (@$names) {
    next if !$hidden && substr($name, 0, 1) eq '.' || $name !~ /^$source\z/s;
    if (@rest) { expand("$folder$name/", \@rest, $found, $unlisted) }
    else { push @$found, $folder . $name }
  }
}

sub text {
  my ($path, $item, $matched) = @_;
  my $isKernel = $path =~ $kernel;
  if (!$isKernel) {
    enter($path);
    stat $path or return failure($item, $path, code($! + 0), $matched, 't');
    -f _ or return failure($item, $path, kind(), $matched, 't');
  }
  sysopen my $handle, $path, $flags or return failure($item, $path, code($! + 0), $matched, 't');
  if (!$isKernel) {
    stat $handle;
    -f _ or return failure($item, $path, kind(), $matched, 't');
  }
  my $end = $path =~ $whole ? $page : $path =~ $table ? $page - 512 : 0;
  my $text = '';
  while (length $text < $max) {
    my $want = $max - length $text;
    my $got = sysread $handle, $text, $want > 262144 ? 262144 : $want, length $text;
    return failure($item, $path, code($! + 0), $matched, 't') unless defined $got;
    last if !$got || $got < $end && $got < $want;
  }
  value($item, $path, $text);
}

sub link_ {
  my ($path, $item, $matched) = @_;
  my $target = readlink $path;
  defined $target ? value($item, $path, $target) : failure($item, $path, code($! + 0), $matched, 'l');
}

sub stat_ {
  my ($path, $item, $matched) = @_;
  enter($path) if $path !~ $kernel;
  my ($dev, $ino, $mode, $links, $uid, $gid, $rdev, $size, $atime, $mtime) = stat $path
    or return failure($item, $path, code($! + 0), $matched, 's');
  my $major = ($dev >> 8) & 0xfff | ($dev >> 32) & 0xfffff000;
  my $minor = $dev & 0xff | ($dev >> 12) & 0xffffff00;
  my $kind = -f _ ? 'f' : -d _ ? 'd' : -p _ ? 'p' : -S _ ? 's' : -b _ ? 'b' : -c _ ? 'c' : '?';
  value($item, $path, sprintf '%s %o %s %s:%s %s %s %s %s %s', $kind, $mode & 07777, $size, $major, $minor, $ino, $links, $uid, $gid, $mtime);
}

sub folder {
  my ($path, $item, $matched, $withLinks) = @_;
  my $names = names($path);
  return failure($item, $path, $names, $matched, 'n') unless ref $names;
  value($item, $path, join "\0", @$names);
  return unless $withLinks;
  my $start = substr($path, -1) eq '/' ? $path : "$path/";
  enter($start) if $start !~ m{^/(?:proc|sys)/};
  link_($start . $_, $item, 1) for @$names;
}

sub member {
  my ($what, $path, $item, $matched) = @_;
  if ($what eq 't') { text($path, $item, $matched) }
  elsif ($what eq 's') { stat_($path, $item, $matched) }
  elsif ($what eq 'l') { link_($path, $item, $matched) }
  else { folder($path, $item, $matched, $what eq 'k') }
}

chomp(my $mark = <STDIN>);
while (defined(my $line = <STDIN>)) {
  (%known, $place, $out) = ();
  $place = "\0";
  ($max, my $groups) = split ' ', $line;
  local $/ = "\0";
  $out = "\n$mark begin\n";
  my @groups;
  for (1 .. $groups) {
    chomp(my $pattern = <STDIN>);
    chomp(my $count = <STDIN>);
    my @members;
    for (1 .. $count) {
      chomp(my $member = <STDIN>);
      my ($what, $item, $rest) = $member =~ /^(.)(\d+) (.*)\z/s;
      push @members, [$what, $item, $rest];
    }
    push @groups, [$pattern, @members];
  }
  for my $index (0 .. $#groups) {
    my ($pattern, @members) = @{$groups[$index]};
    my $isPattern = substr($pattern, 0, 1) eq 'P';
    my (@found, @unlisted);
    if ($isPattern) { expand('', [split /\//, substr($pattern, 1), -1], \@found, \@unlisted) }
    else { @found = (substr $pattern, 1) }
    for my $base (@found) { member($_->[0], $base . $_->[2], $_->[1], $isPattern) for @members }
    for my $gap (@unlisted) { failure($_->[1], $gap->[0] . $_->[2], $gap->[1], 1, $_->[0]) for @members }
    $out .= "D $index 0 0\n";
  }
  $out .= "\n$mark\n";
  flush();
}
__END__
`;
