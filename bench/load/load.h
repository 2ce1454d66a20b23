/* What the files of the load share. See main.c for what it does. */
#ifndef LOAD_H
#define LOAD_H

#define _GNU_SOURCE
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    MOST_PUSHES = 4000000,
    MARK = 32, /* @@ number , time @@ */
    PATIENCE = 15 /* seconds */
};

/* A whole request as it goes over the wire, and where the push's number and time are in it. */
typedef struct {
    char *text;
    size_t length;
    char *number, *time;
} Request;

typedef struct {
    uint32_t *values; /* microseconds */
    size_t count;
} Samples;

/* wire.c */
extern int port;
void stop(const char *why, ...) __attribute__((noreturn, format(printf, 1, 2)));
uint64_t now(void); /* nanoseconds */
double seconds_since(uint64_t then);
void *array(size_t count, size_t size);
void open_events(void);
int next_events(uint64_t *who, int most, int wait_ms);
int dial(void);
void listen_to(int socket, uint64_t who);
void write_all(int socket, const char *text, size_t length);
Request read_request(const char *path);
void note(Samples *samples, uint64_t nanoseconds);
void print_samples(const char *name, Samples *samples);

/* pushers.c: connections that push. Pushes are numbered from 0. */
extern int connections, things;
extern Request *push;
extern int64_t pushes, answered;
extern uint64_t *pushed_at;
extern Samples answers;
void open_connections(uint64_t first_event);
void send_push(int connection, Request *request);
bool read_answer(int connection); /* whether it is whole */
bool is_busy(int connection);
int free_connection(void); /* or -1 */

/* viewers.c: streams that are read. */
extern int viewers;
extern int64_t received, superseded, went_back, unsettled;
extern uint64_t last_receipt;
extern Samples receipts;
void open_streams(const char *request_path, void (*poll_events)(int wait_ms));
void read_stream(int viewer);

#endif
