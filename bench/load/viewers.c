/* Streams that are read, and what they received: every push, or a newer one of the same thing. */
#include "load.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { AT_ONCE = 40 /* streams opening at the same time: less than any backlog */ };

typedef struct {
    int socket;
    bool open; /* its answer's head came */
    size_t kept; /* bytes of a mark that is still coming */
    char tail[MARK];
    int64_t *last; /* for each thing pushed to: the newest push seen */
} Viewer;

int viewers;
int64_t received, superseded, went_back;
int64_t unsettled; /* pushes that some viewer does not have yet */
uint64_t last_receipt;
Samples receipts;
static Viewer *viewer;
static uint32_t *settled; /* viewers that have this push, or a newer one of the same thing */
static int opened;
static char buffer[1 << 18];

static void receive(Viewer *who, int64_t number) {
    if (number >= pushes) return; /* written before this run */
    int64_t *last = &who->last[number % things];
    if (number <= *last) {
        went_back += number < *last; /* equal: one event that says it twice */
        return;
    }
    last_receipt = now();
    received++;
    superseded += (number - *last) / things - 1;
    note(&receipts, last_receipt - pushed_at[number]);
    for (int64_t older = *last + things; older <= number; older += things)
        if (++settled[older] == (uint32_t)viewers) unsettled--;
    *last = number;
}

static bool read_number(const char *text, int64_t *number) {
    *number = 0;
    for (int i = 0; i < 8; i++) {
        if (text[i] < '0' || text[i] > '9') return false;
        *number = *number * 10 + (text[i] - '0');
    }
    return true;
}

/* Take the marks out of the stream; keep one that is not whole yet. */
static void scan(Viewer *who, char *text, size_t length) {
    char *end = text + length, *found = text;
    while (found < end && (found = memchr(found, '@', (size_t)(end - found)))) {
        if (end - found < MARK) {
            who->kept = (size_t)(end - found);
            memcpy(who->tail, found, who->kept);
            return;
        }
        int64_t number;
        bool is_mark = found[1] == '@' && found[10] == ',' && found[30] == '@';
        if (is_mark && read_number(found + 2, &number)) {
            receive(who, number);
            found += MARK;
        } else {
            found++;
        }
    }
}

void read_stream(int index) {
    Viewer *who = &viewer[index];
    size_t space = sizeof buffer - MARK;
    for (ssize_t got = (ssize_t)space; got == (ssize_t)space;) {
        memcpy(buffer, who->tail, who->kept);
        got = read(who->socket, buffer + who->kept, space);
        if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
        if (got <= 0) stop("a stream ended");
        size_t length = who->kept + (size_t)got;
        who->kept = 0;
        if (!who->open) {
            if (strncmp(buffer, "HTTP/1.1 200", 12)) stop("no stream: %.300s", buffer);
            who->open = true;
            opened++;
        }
        scan(who, buffer, length);
    }
}

void open_streams(const char *request_path, void (*poll_events)(int wait_ms)) {
    Request watch = read_request(request_path);
    settled = array(MOST_PUSHES, sizeof *settled);
    viewer = array((size_t)viewers, sizeof *viewer);
    uint64_t began = now();
    for (int i = 0; i < viewers; i++) {
        viewer[i].last = array((size_t)things, sizeof(int64_t));
        for (int thing = 0; thing < things; thing++) viewer[i].last[thing] = thing - things;
        viewer[i].socket = dial();
        write_all(viewer[i].socket, watch.text, watch.length);
        listen_to(viewer[i].socket, (uint64_t)i);
        while (opened < i + 1 - AT_ONCE) poll_events(100);
    }
    while (opened < viewers) {
        poll_events(100);
        if (seconds_since(began) > 4 * PATIENCE) stop("only %d streams opened", opened);
    }
    printf("{\"connect_s\":%.3f}\n", seconds_since(began));
    fflush(stdout);
}
