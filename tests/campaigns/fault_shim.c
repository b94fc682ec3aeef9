/* A bad disk, for tests: LD_PRELOAD library that spoils calls on files below one folder.
 *
 *   NADIR_FAULT_FOLDER  absolute path; other files are left alone
 *   NADIR_FAULT_KIND    open (also mkdir), write, sync, rename (also link), close or truncate (also fallocate)
 *   NADIR_FAULT_AT      the how-manieth call of this kind is spoilt, from 1
 *   NADIR_FAULT_WAY     a number of errno; "short": half the bytes are written; "kill": the process dies by SIGKILL
 * just before the call; "kill-after": just after it, for a write when half its bytes are written NADIR_FAULT_STAYS when
 * set, all later calls of the kind fail in the same way: a disk that stays full NADIR_FAULT_LOG     file outside the
 * folder: "fault KIND RENAMES PATH" when the fault happens, with the renames that were done before, and "calls KIND
 * COUNT" for each kind when the process ends
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum kind { OPEN, WRITE, SYNC, RENAME, CLOSE, TRUNCATE, KINDS };
enum way { PASS, FAIL, SHORT, KILL, KILL_AFTER };

static const char* const names[KINDS] = {"open", "write", "sync", "rename", "close", "truncate"};
static atomic_int counts[KINDS];
static atomic_int renames_done;

static const char* setting(const char* name) {
  const char* value = getenv(name);
  return value != NULL ? value : "";
}

static void note(const char* line) {
  /* Plain system calls, so that the shim does not see its own. */
  const long fd = syscall(SYS_openat, AT_FDCWD, setting("NADIR_FAULT_LOG"), O_WRONLY | O_CREAT | O_APPEND, 0644);
  if (fd < 0) return;
  syscall(SYS_write, (int)fd, line, strlen(line));
  syscall(SYS_close, (int)fd);
}

__attribute__((destructor)) static void note_counts(void) {
  for (int kind = 0; kind < KINDS; ++kind) {
    char line[64];
    snprintf(line, sizeof line, "calls %s %d\n", names[kind], atomic_load(&counts[kind]));
    note(line);
  }
}

static int watched(const char* path) {
  const char* folder = setting("NADIR_FAULT_FOLDER");
  const size_t length = strlen(folder);
  return length > 0 && strncmp(path, folder, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

/* What is to become of this call. Preserves errno. */
static enum way judge(enum kind kind, const char* path) {
  if (!watched(path)) return PASS;
  const int count = atomic_fetch_add(&counts[kind], 1) + 1, at = atoi(setting("NADIR_FAULT_AT"));
  if (strcmp(setting("NADIR_FAULT_KIND"), names[kind]) != 0) return PASS;
  if (at == 0 || count < at || (count > at && getenv("NADIR_FAULT_STAYS") == NULL)) return PASS;
  char line[PATH_MAX + 64];
  snprintf(line, sizeof line, "fault %s %d %s\n", names[kind], atomic_load(&renames_done), path);
  const int before = errno;
  note(line);
  errno = before;
  const char* way = setting("NADIR_FAULT_WAY");
  if (strcmp(way, "short") == 0) return SHORT;
  if (strcmp(way, "kill-after") == 0) return KILL_AFTER;
  if (strcmp(way, "kill") == 0) kill(getpid(), SIGKILL);
  errno = atoi(way);
  return FAIL;
}

/* The path behind a descriptor; empty when there is none. */
static void path_of(int fd, char path[PATH_MAX]) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  const ssize_t length = readlink(link, path, PATH_MAX - 1);
  path[length > 0 ? length : 0] = '\0';
}

static enum way judge_fd(enum kind kind, int fd) {
  char path[PATH_MAX];
  const int before = errno;
  path_of(fd, path);
  errno = before;
  return judge(kind, path);
}

static enum way judge_at(enum kind kind, int folder, const char* path) {
  char whole[2 * PATH_MAX], base[PATH_MAX] = "";
  if (path[0] == '/') return judge(kind, path);
  if (folder != AT_FDCWD)
    path_of(folder, base);
  else if (getcwd(base, sizeof base) == NULL)
    return PASS;
  snprintf(whole, sizeof whole, "%s/%s", base, path);
  return judge(kind, whole);
}

static long after(enum way way, long result) {
  if (way == KILL_AFTER) kill(getpid(), SIGKILL);
  return result;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

/* A call that is passed on or fails as a whole. */
#define SPOIL(judged, call)          \
  do {                               \
    const enum way way = (judged);   \
    if (way == FAIL) return -1;      \
    return after(way, (long)(call)); \
  } while (0)

#define DEFINE_OPEN(name)                                                         \
  int name(const char* path, int flags, ...) {                                    \
    va_list rest;                                                                 \
    va_start(rest, flags);                                                        \
    const mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
    va_end(rest);                                                                 \
    SPOIL(judge_at(OPEN, AT_FDCWD, path), REAL(name)(path, flags, mode));         \
  }
DEFINE_OPEN(open)
DEFINE_OPEN(open64)

#define DEFINE_OPENAT(name)                                                       \
  int name(int folder, const char* path, int flags, ...) {                        \
    va_list rest;                                                                 \
    va_start(rest, flags);                                                        \
    const mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
    va_end(rest);                                                                 \
    SPOIL(judge_at(OPEN, folder, path), REAL(name)(folder, path, flags, mode));   \
  }
DEFINE_OPENAT(openat)
DEFINE_OPENAT(openat64)

int mkdir(const char* path, mode_t mode) { SPOIL(judge_at(OPEN, AT_FDCWD, path), REAL(mkdir)(path, mode)); }

/* For a write `size` is halved when only a part shall arrive; one byte cannot be halved. */
#define SPOIL_WRITE(fd, size, call)                                     \
  do {                                                                  \
    const enum way way = judge_fd(WRITE, fd);                           \
    if (way == FAIL) return -1;                                         \
    if ((way == SHORT || way == KILL_AFTER) && (size) > 1) (size) /= 2; \
    return after(way, (call));                                          \
  } while (0)

ssize_t write(int fd, const void* bytes, size_t size) { SPOIL_WRITE(fd, size, REAL(write)(fd, bytes, size)); }
ssize_t pwrite(int fd, const void* bytes, size_t size, off_t at) {
  SPOIL_WRITE(fd, size, REAL(pwrite)(fd, bytes, size, at));
}
ssize_t pwrite64(int fd, const void* bytes, size_t size, off64_t at) {
  SPOIL_WRITE(fd, size, REAL(pwrite64)(fd, bytes, size, at));
}
ssize_t writev(int fd, const struct iovec* parts, int size) { SPOIL_WRITE(fd, size, REAL(writev)(fd, parts, size)); }
ssize_t pwritev(int fd, const struct iovec* parts, int size, off_t at) {
  SPOIL_WRITE(fd, size, REAL(pwritev)(fd, parts, size, at));
}

int fsync(int fd) { SPOIL(judge_fd(SYNC, fd), REAL(fsync)(fd)); }
int fdatasync(int fd) { SPOIL(judge_fd(SYNC, fd), REAL(fdatasync)(fd)); }

/* A rename is judged by its new name. */
#define SPOIL_RENAME(judged, call)                       \
  do {                                                   \
    const enum way way = (judged);                       \
    if (way == FAIL) return -1;                          \
    const int result = (call);                           \
    if (result == 0) atomic_fetch_add(&renames_done, 1); \
    return (int)after(way, result);                      \
  } while (0)

int rename(const char* from, const char* to) { SPOIL_RENAME(judge_at(RENAME, AT_FDCWD, to), REAL(rename)(from, to)); }
int renameat(int from_folder, const char* from, int to_folder, const char* to) {
  SPOIL_RENAME(judge_at(RENAME, to_folder, to), REAL(renameat)(from_folder, from, to_folder, to));
}
int renameat2(int from_folder, const char* from, int to_folder, const char* to, unsigned flags) {
  SPOIL_RENAME(judge_at(RENAME, to_folder, to), REAL(renameat2)(from_folder, from, to_folder, to, flags));
}
int link(const char* from, const char* to) { SPOIL_RENAME(judge_at(RENAME, AT_FDCWD, to), REAL(link)(from, to)); }
int linkat(int from_folder, const char* from, int to_folder, const char* to, int flags) {
  SPOIL_RENAME(judge_at(RENAME, to_folder, to), REAL(linkat)(from_folder, from, to_folder, to, flags));
}

/* As on Linux, the descriptor is gone even when close fails. */
int close(int fd) {
  const enum way way = judge_fd(CLOSE, fd);
  const int spoilt = errno, result = REAL(close)(fd);
  if (way != FAIL) return (int)after(way, result);
  errno = spoilt;
  return -1;
}

int ftruncate(int fd, off_t size) { SPOIL(judge_fd(TRUNCATE, fd), REAL(ftruncate)(fd, size)); }
int ftruncate64(int fd, off64_t size) { SPOIL(judge_fd(TRUNCATE, fd), REAL(ftruncate64)(fd, size)); }
int fallocate(int fd, int mode, off_t from, off_t size) {
  SPOIL(judge_fd(TRUNCATE, fd), REAL(fallocate)(fd, mode, from, size));
}
int fallocate64(int fd, int mode, off64_t from, off64_t size) {
  SPOIL(judge_fd(TRUNCATE, fd), REAL(fallocate64)(fd, mode, from, size));
}

/* These tell their error by what they return, not by errno. */
#define SPOIL_RETURNED(fd, call)                     \
  do {                                               \
    const int before = errno;                        \
    const enum way way = judge_fd(TRUNCATE, fd);     \
    if (way != FAIL) return (int)after(way, (call)); \
    const int error = errno;                         \
    errno = before;                                  \
    return error;                                    \
  } while (0)

int posix_fallocate(int fd, off_t from, off_t size) { SPOIL_RETURNED(fd, REAL(posix_fallocate)(fd, from, size)); }
int posix_fallocate64(int fd, off64_t from, off64_t size) {
  SPOIL_RETURNED(fd, REAL(posix_fallocate64)(fd, from, size));
}

int clock_gettime(clockid_t clock, struct timespec* time) {
  const int result = REAL(clock_gettime)(clock, time), haste = atoi(setting("NADIR_FAULT_HASTE"));
  if (clock != CLOCK_MONOTONIC || haste == 0) return result;
  const long long second = 1000000000, now = (time->tv_sec * second + time->tv_nsec) * haste;
  time->tv_sec = now / second;
  time->tv_nsec = now % second;
  return result;
}
