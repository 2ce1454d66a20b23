/* The load of the benchmarks: viewers that read event streams, and connections that push.
 *
 *   load PORT VIEWERS WATCH.http CONNECTIONS PUSH.http [PUSH.http ...]
 *
 * The .http files are whole requests as they go over the wire. In those that push, `########` is
 * overwritten with the number of the push, and `,###################` behind it with the time. In
 * a stream, `@@number,time@@` is how a viewer knows what it received. The n-th push sends the
 * n-th file, in turns; each file is one thing being pushed to.
 *
 * When all viewers are connected it prints a line, then obeys lines on standard input with one
 * line of JSON each, and meanwhile reads whatever the server sends:
 *
 *   single COUNT GAP_MS     one push at a time: how long until the last viewer has it
 *   flow SECONDS WINDOW     pushes over one connection, at most WINDOW not yet with every viewer
 *   rate SECONDS PER_SECOND pushes at a steady rate: how long until each viewer has it
 *   storm SECONDS WARMUP    every connection pushes as fast as it is answered
 *
 * Anything unexpected (a refused push, a stream that ends) stops it with a sentence.
 */
#include "load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum { AT_ONCE = 512 };

static bool storming;

static void poll_events(int wait_ms) {
    uint64_t ready[AT_ONCE];
    int count = next_events(ready, AT_ONCE, wait_ms);
    for (int i = 0; i < count; i++) {
        if (ready[i] < (uint64_t)viewers) {
            read_stream((int)ready[i]);
        } else if (ready[i] < (uint64_t)(viewers + connections)) {
            int with = (int)ready[i] - viewers;
            if (read_answer(with) && storming) send_push(with, &push[with % things]);
        }
    }
}

static bool is_anything_open(void) {
    for (int i = 0; i < connections; i++)
        if (is_busy(i)) return true;
    return unsettled > 0;
}

/* Wait until every push is answered and with every viewer. */
static void finish(void) {
    for (uint64_t began = now(); is_anything_open(); poll_events(20))
        if (seconds_since(began) > PATIENCE)
            stop("lost: %lld pushes did not reach every viewer", (long long)unsettled);
}

static void wait_until(uint64_t due) {
    for (uint64_t time = now(); time < due; time = now())
        poll_events((int)((due - time) / 1500000u)); /* busily for the last millisecond */
}

/* What had happened before the command. */
static struct {
    int64_t pushes, answered, received, superseded;
    double cpu;
    uint64_t at;
} before;

static double cpu_seconds(void) {
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
           (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

static void begin(void) {
    answers.count = receipts.count = 0;
    before.pushes = pushes, before.answered = answered;
    before.received = received, before.superseded = superseded;
    before.cpu = cpu_seconds();
    before.at = now();
}

static void print_end(double seconds) {
    print_samples("each", &receipts);
    print_samples("answer", &answers);
    printf("\"seconds\":%.3f,\"client_cpu\":%.3f,\"pushes\":%lld,\"all_pushes\":%lld,"
           "\"received\":%lld,\"superseded\":%lld,\"went_back\":%lld}\n",
           seconds, (cpu_seconds() - before.cpu) / seconds_since(before.at),
           (long long)(pushes - before.pushes), (long long)pushes,
           (long long)(received - before.received), (long long)(superseded - before.superseded),
           (long long)went_back);
    fflush(stdout);
}

static void single(int count, double gap_ms) {
    static Samples last;
    last.count = 0;
    begin();
    for (int i = 0; i < count; i++) {
        uint64_t due = now() + (uint64_t)(gap_ms * 1e6);
        int64_t number = pushes;
        send_push(0, &push[number % things]);
        finish();
        note(&last, last_receipt - pushed_at[number]);
        wait_until(due);
    }
    printf("{");
    print_samples("last", &last);
    print_end(seconds_since(before.at));
}

static void flow(double seconds, int64_t window) {
    begin();
    while (seconds_since(before.at) < seconds) {
        if (!is_busy(0) && unsettled < window) send_push(0, &push[pushes % things]);
        poll_events(1);
    }
    double took = seconds_since(before.at);
    double deliveries = (double)(received - before.received) / took;
    double answers_per_s = (double)(answered - before.answered) / took;
    finish();
    printf("{\"deliveries_per_s\":%.0f,\"pushes_per_s\":%.1f,", deliveries, answers_per_s);
    print_end(took);
}

static void rate(double seconds, double per_second) {
    double behind = 0; /* the load's own delay: how late a push left at worst */
    begin();
    for (int64_t i = 0; i < (int64_t)(seconds * per_second); i++) {
        uint64_t due = before.at + (uint64_t)((double)i / per_second * 1e9);
        wait_until(due);
        int with;
        while ((with = free_connection()) < 0) poll_events(1);
        double late = seconds_since(due) * 1e3;
        if (late > behind) behind = late;
        send_push(with, &push[pushes % things]);
    }
    double took = seconds_since(before.at);
    finish();
    printf("{\"behind_ms\":%.2f,", behind);
    print_end(took);
}

static void storm(double seconds, double warmup) {
    begin();
    storming = true;
    for (int i = 0; i < connections; i++) send_push(i, &push[i % things]);
    while (seconds_since(before.at) < warmup) poll_events(10);
    answers.count = 0;
    uint64_t from = now();
    int64_t first = answered;
    while (seconds_since(from) < seconds) poll_events(10);
    double took = seconds_since(from), per_second = (double)(answered - first) / took;
    storming = false;
    finish(); /* every push has its answer: the server can be asked how many it kept */
    printf("{\"per_second\":%.1f,", per_second);
    print_end(took);
}

static void obey(const char *line) {
    double first, second;
    char command[16];
    if (sscanf(line, "%15s %lf %lf", command, &first, &second) != 3) stop("no command: %s", line);
    if (!strcmp(command, "single")) single((int)first, second);
    else if (!strcmp(command, "flow")) flow(first, (int64_t)second);
    else if (!strcmp(command, "rate")) rate(first, second);
    else if (!strcmp(command, "storm")) storm(first, second);
    else stop("no command: %s", line);
}

int main(int count, char **arguments) {
    if (count < 6) stop("load PORT VIEWERS WATCH.http CONNECTIONS PUSH.http ...");
    port = atoi(arguments[1]), viewers = atoi(arguments[2]), connections = atoi(arguments[4]);
    things = count - 5;
    push = array((size_t)things, sizeof *push);
    for (int i = 0; i < things; i++) push[i] = read_request(arguments[5 + i]);
    open_events();
    open_connections((uint64_t)viewers);
    open_streams(arguments[3], poll_events);
    listen_to(STDIN_FILENO, UINT64_MAX);
    char line[128];
    for (size_t filled = 0;;) {
        poll_events(200);
        ssize_t got = read(STDIN_FILENO, line + filled, sizeof line - 1 - filled);
        if (got == 0) return 0;
        if (got < 0) continue;
        filled += (size_t)got;
        line[filled] = 0;
        if (!strchr(line, '\n')) continue;
        obey(line);
        filled = 0;
    }
}
