/* What a test can do to a live process, preloaded into it: log its journal's writes and syncs,
 * shift its wall clock, fail its name look-ups. tests/torture/preload.py builds and steers it.
 *
 * PRELOAD_LOG and PRELOAD_PREFIX: events of the regular files whose path begins with the prefix are
 * appended to the log, as tests/torture/power.py reads them. Not logged: files that end in -shm,
 * and files in a folder below.
 * PRELOAD_DIE_AT: the process is killed when it has logged so many events.
 * PRELOAD_CLOCK: a file of one native double, the seconds to add to the wall clock; read at each
 * look at the clock. CLOCK_MONOTONIC is left alone.
 * PRELOAD_DNS: while that file exists, getaddrinfo fails for every host, addresses too: with
 * EAI_NONAME where the file begins with N, and EAI_AGAIN otherwise.
 *
 * An event is logged after it is done, and before its caller knows: a logged sync was made. Both are
 * one step for all threads, and for all processes of one log. A record is written by one call.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <netdb.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define MOST_FILES 4096
#define LOG_FD 200 /* at least: out of the way of programs that count on low numbers */
#define REAL(name) \
    static __typeof__(&name) real; \
    if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

enum { IMAGE = 1, OPEN, WRITE, TRUNCATE, SYNC, UNLINK, RENAME };

struct record {
    char magic[4];
    uint32_t op;
    uint64_t name_length, offset, length;
};

static char *names[MOST_FILES]; /* by file descriptor; NULL where it is not logged */
static const char *prefix, *dns_file;
static volatile const double *offset_s;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int log_fd = -1, imaged;
static long events, die_at;
static pid_t owner; /* a child of vfork shares our memory, and closes its own descriptors */

/* The log */

static void begin(void) {
    pthread_mutex_lock(&mutex);
    while (flock(log_fd, LOCK_EX) && errno == EINTR) {}
}

static void end(void) {
    flock(log_fd, LOCK_UN);
    pthread_mutex_unlock(&mutex);
}

static void after_fork(void) {
    pthread_mutex_unlock(&mutex);
    owner = getpid();
}

static void before_fork(void) { pthread_mutex_lock(&mutex); }

static void go_on(void) { pthread_mutex_unlock(&mutex); }

static void note(int op, const char *name, off_t offset, const void *data, size_t length) {
    int was = errno;
    struct record head = {{'P', 'L', 'O', 'G'}, (uint32_t)op, strlen(name), (uint64_t)offset, length};
    struct iovec parts[] = {
        {&head, sizeof head}, {(void *)name, head.name_length}, {(void *)data, length}};
    if (writev(log_fd, parts, 3) != (ssize_t)(sizeof head + head.name_length + length)) {
        perror("preload: the log cannot be written");
        abort(); /* a log with a hole would tell of losses that were none */
    }
    if (++events == die_at) raise(SIGKILL);
    errno = was;
}

static int is_ours(const char *path) {
    size_t length = strlen(path), start = strlen(prefix);
    return !strncmp(path, prefix, start) && !strchr(path + start, '/') &&
           !(length >= 4 && !strcmp(path + length - 4, "-shm"));
}


/* The whole file, as any reader has it now. */
static void note_image(const char *path) {
    struct stat stats;
    REAL(open);
    int fd = real(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) return;
    if (!fstat(fd, &stats) && S_ISREG(stats.st_mode)) {
        size_t size = (size_t)stats.st_size;
        char *data = malloc(size + 1);
        if (data && pread(fd, data, size, 0) == (ssize_t)size) note(IMAGE, path, 0, data, size);
        free(data);
    }
    close(fd);
}

/* What stands there when this process opens the first file: by then others may have changed it. */
static void note_images(void) {
    char folder[PATH_MAX], path[PATH_MAX];
    const char *slash = strrchr(prefix, '/');
    struct dirent *entry;
    snprintf(folder, sizeof folder, "%.*s", (int)(slash - prefix + 1), prefix);
    DIR *found = opendir(folder);
    imaged = 1;
    while (found && (entry = readdir(found))) {
        if (snprintf(path, sizeof path, "%s%s", folder, entry->d_name) < (int)sizeof path &&
            is_ours(path))
            note_image(path);
    }
    if (found) closedir(found);
}

static int opened(int fd, int flags) {
    char link[64], path[PATH_MAX];
    struct stat stats;
    if (log_fd < 0 || fd < 0 || fd >= MOST_FILES) return fd;
    int was = errno;
    names[fd] = NULL;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    path[length < 0 ? 0 : length] = 0;
    if (is_ours(path) && !fstat(fd, &stats) && S_ISREG(stats.st_mode)) {
        begin();
        if (!imaged) note_images();
        note(OPEN, path, 0, NULL, 0);
        if (flags & O_TRUNC) note(TRUNCATE, path, 0, NULL, 0);
        names[fd] = strdup(path);
        end();
    }
    errno = was;
    return fd;
}

static const char *name_of(int fd) {
    return log_fd >= 0 && fd >= 0 && fd < MOST_FILES ? names[fd] : NULL;
}

__attribute__((constructor)) static void start(void) {
    const char *log = getenv("PRELOAD_LOG"), *clock = getenv("PRELOAD_CLOCK");
    prefix = getenv("PRELOAD_PREFIX");
    dns_file = getenv("PRELOAD_DNS");
    die_at = getenv("PRELOAD_DIE_AT") ? atol(getenv("PRELOAD_DIE_AT")) : 0;
    owner = getpid();
    REAL(open);
    if (log && prefix && strchr(prefix, '/')) {
        int fd = real(log, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
        log_fd = fcntl(fd, F_DUPFD_CLOEXEC, LOG_FD);
        close(fd);
        pthread_atfork(before_fork, go_on, after_fork);
    }
    if (clock) {
        int fd = real(clock, O_RDONLY | O_CLOEXEC);
        void *at = mmap(NULL, sizeof(double), PROT_READ, MAP_SHARED, fd, 0);
        if (at != MAP_FAILED) offset_s = at;
        close(fd);
    }
    if ((log && log_fd < 0) || (clock && !offset_s)) {
        perror("preload: a file of its environment cannot be opened");
        abort();
    }
}

/* Files */

#define MODE(flags) \
    mode_t mode = 0; \
    if (((flags) & O_CREAT) || ((flags) & O_TMPFILE) == O_TMPFILE) { \
        va_list rest; \
        va_start(rest, flags); \
        mode = va_arg(rest, mode_t); \
        va_end(rest); \
    }

int open(const char *path, int flags, ...) {
    MODE(flags)
    REAL(open);
    return opened(real(path, flags, mode), flags);
}

int openat(int folder, const char *path, int flags, ...) {
    MODE(flags)
    REAL(openat);
    return opened(real(folder, path, flags, mode), flags);
}

int close(int fd) {
    REAL(close);
    if (name_of(fd) && getpid() == owner) {
        free(names[fd]);
        names[fd] = NULL;
    }
    return real(fd);
}

static ssize_t written(const char *name, ssize_t done, const void *data, off_t offset) {
    if (done > 0) note(WRITE, name, offset, data, (size_t)done);
    return done;
}

ssize_t write(int fd, const void *data, size_t length) {
    REAL(write);
    const char *name = name_of(fd);
    if (!name) return real(fd, data, length);
    begin();
    ssize_t done = real(fd, data, length);
    written(name, done, data, done > 0 ? lseek(fd, 0, SEEK_CUR) - done : 0);
    end();
    return done;
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) {
    REAL(pwrite);
    const char *name = name_of(fd);
    if (!name) return real(fd, data, length, offset);
    begin();
    ssize_t done = written(name, real(fd, data, length, offset), data, offset);
    end();
    return done;
}

static int step(int op, const char *name, off_t offset, int failed) {
    if (!failed) note(op, name, offset, NULL, 0);
    return failed;
}

#define STEP(op, name, offset, call) \
    if (!(name)) return call; \
    begin(); \
    int failed = step(op, name, offset, call); \
    end(); \
    return failed;

int ftruncate(int fd, off_t length) {
    REAL(ftruncate);
    STEP(TRUNCATE, name_of(fd), length, real(fd, length))
}

int fsync(int fd) {
    REAL(fsync);
    STEP(SYNC, name_of(fd), 0, real(fd))
}

int fdatasync(int fd) {
    REAL(fdatasync);
    STEP(SYNC, name_of(fd), 0, real(fd))
}

int unlink(const char *path) {
    REAL(unlink);
    char whole[PATH_MAX];
    const char *name = log_fd >= 0 && realpath(path, whole) && is_ours(whole) ? whole : NULL;
    STEP(UNLINK, name, 0, real(path))
}

int rename(const char *from, const char *to) {
    REAL(rename);
    char old[PATH_MAX], new[PATH_MAX];
    if (log_fd < 0 || !realpath(from, old) || !is_ours(old)) return real(from, to);
    begin();
    int failed = real(from, to);
    if (!failed && realpath(to, new)) note(RENAME, new, 0, old, strlen(old));
    end();
    return failed;
}

#ifdef __GLIBC__
int open64(const char *path, int flags, ...) {
    MODE(flags)
    REAL(open64);
    return opened(real(path, flags, mode), flags);
}

int openat64(int folder, const char *path, int flags, ...) {
    MODE(flags)
    REAL(openat64);
    return opened(real(folder, path, flags, mode), flags);
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t offset) {
    return pwrite(fd, data, length, (off_t)offset);
}

int ftruncate64(int fd, off64_t length) { return ftruncate(fd, (off_t)length); }
#endif

/* The wall clock */

static void shift(int64_t *seconds, int64_t *nanoseconds) {
    double offset = *offset_s;
    int64_t whole = (int64_t)offset;
    *seconds += whole;
    *nanoseconds += (int64_t)((offset - (double)whole) * 1e9);
    if (*nanoseconds < 0) { *nanoseconds += 1000000000; --*seconds; }
    if (*nanoseconds >= 1000000000) { *nanoseconds -= 1000000000; ++*seconds; }
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    REAL(clock_gettime);
    int failed = real(clock, now);
    if (failed || !offset_s || (clock != CLOCK_REALTIME && clock != CLOCK_REALTIME_COARSE))
        return failed;
    int64_t seconds = now->tv_sec, nanoseconds = now->tv_nsec;
    shift(&seconds, &nanoseconds);
    now->tv_sec = (time_t)seconds;
    now->tv_nsec = (long)nanoseconds;
    return 0;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    struct timespec fine;
    if (zone) memset(zone, 0, sizeof(struct timezone));
    if (clock_gettime(CLOCK_REALTIME, &fine)) return -1;
    now->tv_sec = fine.tv_sec;
    now->tv_usec = (suseconds_t)(fine.tv_nsec / 1000);
    return 0;
}

time_t time(time_t *result) {
    struct timespec now;
    if (clock_gettime(CLOCK_REALTIME, &now)) return -1;
    if (result) *result = now.tv_sec;
    return now.tv_sec;
}

/* Names */

int getaddrinfo(const char *restrict host, const char *restrict service,
                const struct addrinfo *restrict hints, struct addrinfo **restrict found) {
    REAL(getaddrinfo);
    FILE *broken = dns_file ? fopen(dns_file, "r") : NULL;
    if (!broken) return real(host, service, hints, found);
    int first = fgetc(broken);
    fclose(broken);
    return first == 'N' ? EAI_NONAME : EAI_AGAIN;
}
