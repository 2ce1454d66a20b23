/* Time, memory, sockets, whole requests from files, and samples of durations. */
#include "load.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MOST_SAMPLES = 8000000, MOST_EVENTS = 512, LONGEST_REQUEST = 1 << 20 };

int port;
static int events;

void stop(const char *why, ...) {
    va_list arguments;
    va_start(arguments, why);
    vfprintf(stderr, why, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    exit(1);
}

uint64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

double seconds_since(uint64_t then) { return (double)(now() - then) / 1e9; }

void *array(size_t count, size_t size) {
    void *made = calloc(count ? count : 1, size);
    if (!made) stop("out of memory");
    return made;
}

void open_events(void) {
    events = epoll_create1(0);
    if (events < 0) stop("epoll: %s", strerror(errno));
}

int next_events(uint64_t *who, int most, int wait_ms) {
    struct epoll_event ready[MOST_EVENTS];
    int count = epoll_wait(events, ready, most < MOST_EVENTS ? most : MOST_EVENTS, wait_ms);
    for (int i = 0; i < count; i++) who[i] = ready[i].data.u64;
    return count;
}

int dial(void) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int made = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    if (made < 0 || connect(made, (struct sockaddr *)&address, sizeof address) < 0)
        stop("cannot connect: %s", strerror(errno));
    setsockopt(made, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return made;
}

void listen_to(int socket, uint64_t who) {
    struct epoll_event event = {.events = EPOLLIN, .data.u64 = who};
    fcntl(socket, F_SETFL, O_NONBLOCK);
    if (epoll_ctl(events, EPOLL_CTL_ADD, socket, &event) < 0) stop("epoll: %s", strerror(errno));
}

void write_all(int socket, const char *text, size_t length) {
    for (size_t done = 0; done < length;) {
        ssize_t wrote = write(socket, text + done, length - done);
        if (wrote > 0) done += (size_t)wrote;
        else if (errno != EAGAIN && errno != EINTR) stop("cannot write: %s", strerror(errno));
    }
}

Request read_request(const char *path) {
    Request request = {0};
    FILE *file = fopen(path, "rb");
    if (!file) stop("%s: %s", path, strerror(errno));
    request.text = array(LONGEST_REQUEST, 1);
    request.length = fread(request.text, 1, LONGEST_REQUEST - 1, file);
    fclose(file);
    request.number = strstr(request.text, "########");
    if (request.number && request.number[8] == ',') request.time = request.number + 9;
    return request;
}

void note(Samples *samples, uint64_t nanoseconds) {
    if (!samples->values) samples->values = array(MOST_SAMPLES, sizeof *samples->values);
    if (samples->count == MOST_SAMPLES) stop("too many samples");
    samples->values[samples->count++] = (uint32_t)(nanoseconds / 1000);
}

static int by_value(const void *one, const void *other) {
    uint32_t a = *(const uint32_t *)one, b = *(const uint32_t *)other;
    return (a > b) - (a < b);
}

/* In milliseconds, of sorted samples. */
static double at(const Samples *samples, double share) {
    if (!samples->count) return 0;
    return samples->values[(size_t)(share * (double)(samples->count - 1) + 0.5)] / 1000.0;
}

void print_samples(const char *name, Samples *samples) {
    if (samples->count)
        qsort(samples->values, samples->count, sizeof *samples->values, by_value);
    printf("\"%s_p50_ms\":%.3f,\"%s_p99_ms\":%.3f,\"%s_max_ms\":%.3f,", name, at(samples, 0.5), name,
           at(samples, 0.99), name, at(samples, 1));
}
