// An LD_PRELOAD library that fails the n-th I/O call on a path that contains a text, in any thread.
//
//   FAIL_IO="text:first:last:errno"   calls number first … last (from 1) fail with errno
//   FAIL_IO="text:n:n:kill"           the process is killed at call number n
//   FAIL_IO_ONLY=fsync                only calls of this name count
//   FAIL_IO_LOG=file                  appends the name of every call that counts
//
//   cc -shared -fPIC -o fail-io.so fail-io.c -ldl
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static char text[256];
static char action[16];
static long first, last;
static const char *only;
static int on, logged = -1;
static atomic_long calls;

__attribute__((constructor)) static void start(void) {
  const char *spec = getenv("FAIL_IO");
  on = spec && sscanf(spec, "%255[^:]:%ld:%ld:%15s", text, &first, &last, action) == 4;
  only = getenv("FAIL_IO_ONLY");
  const char *file = getenv("FAIL_IO_LOG");
  if (on && file) logged = open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
}

#define REAL(type, name, ...)                              \
  static type (*real)(__VA_ARGS__);                        \
  if (!real) real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

// Whether this call is to fail; errno is set then.
static int fails(const char *call, const char *path) {
  if (!on || !strstr(path, text) || (only && strcmp(call, only))) return 0;
  if (logged >= 0) dprintf(logged, "%s %s\n", call, path);
  long number = atomic_fetch_add(&calls, 1) + 1;
  if (number < first || number > last) return 0;
  if (!strcmp(action, "kill")) {
    kill(getpid(), SIGKILL);
    pause();
  }
  errno = atoi(action);
  return 1;
}

static int failsOn(const char *call, int fd) {
  if (!on || fd == logged) return 0;
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return fails(call, path);
}

ssize_t write(int fd, const void *bytes, size_t count) {
  REAL(ssize_t, "write", int, const void *, size_t);
  return failsOn("write", fd) ? -1 : real(fd, bytes, count);
}
ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
  REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
  return failsOn("pwrite", fd) ? -1 : real(fd, bytes, count, at);
}
ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) { return pwrite64(fd, bytes, count, at); }
ssize_t writev(int fd, const struct iovec *parts, int count) {
  REAL(ssize_t, "writev", int, const struct iovec *, int);
  return failsOn("writev", fd) ? -1 : real(fd, parts, count);
}
ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t at) {
  REAL(ssize_t, "pwritev64", int, const struct iovec *, int, off64_t);
  return failsOn("pwritev", fd) ? -1 : real(fd, parts, count, at);
}
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at) { return pwritev64(fd, parts, count, at); }
int fsync(int fd) {
  REAL(int, "fsync", int);
  return failsOn("fsync", fd) ? -1 : real(fd);
}
int fdatasync(int fd) {
  REAL(int, "fdatasync", int);
  return failsOn("fdatasync", fd) ? -1 : real(fd);
}
int ftruncate64(int fd, off64_t length) {
  REAL(int, "ftruncate64", int, off64_t);
  return failsOn("ftruncate", fd) ? -1 : real(fd, length);
}
int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }
int close(int fd) {
  REAL(int, "close", int);
  int failed = failsOn("close", fd), code = errno;
  int result = real(fd);
  if (!failed) return result;
  errno = code;
  return -1;
}
int rename(const char *from, const char *to) {
  REAL(int, "rename", const char *, const char *);
  return fails("rename", from) ? -1 : real(from, to);
}
int mkdir(const char *path, mode_t mode) {
  REAL(int, "mkdir", const char *, mode_t);
  return fails("mkdir", path) ? -1 : real(path, mode);
}
int unlink(const char *path) {
  REAL(int, "unlink", const char *);
  return fails("unlink", path) ? -1 : real(path);
}
int open64(const char *path, int flags, ...) {
  REAL(int, "open64", const char *, int, ...);
  mode_t mode = 0;
  if (flags & (O_CREAT | O_TMPFILE)) {
    __builtin_va_list more;
    __builtin_va_start(more, flags);
    mode = __builtin_va_arg(more, mode_t);
    __builtin_va_end(more);
  }
  return fails("open", path) ? -1 : real(path, flags, mode);
}
int open(const char *path, int flags, ...) {
  REAL(int, "open", const char *, int, ...);
  mode_t mode = 0;
  if (flags & (O_CREAT | O_TMPFILE)) {
    __builtin_va_list more;
    __builtin_va_start(more, flags);
    mode = __builtin_va_arg(more, mode_t);
    __builtin_va_end(more);
  }
  return fails("open", path) ? -1 : real(path, flags, mode);
}
