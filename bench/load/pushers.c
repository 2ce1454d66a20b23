/* Connections that push, one request at a time each. */
#include "load.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ANSWER = 16384 };

typedef struct {
    int socket;
    bool busy;
    uint64_t sent_at;
    size_t filled;
    char answer[ANSWER];
} Connection;

int connections, things;
Request *push;
int64_t pushes, answered;
uint64_t *pushed_at;
Samples answers;
static Connection *connection;

void open_connections(uint64_t first_event) {
    pushed_at = array(MOST_PUSHES, sizeof *pushed_at);
    connection = array((size_t)connections, sizeof *connection);
    for (int i = 0; i < connections; i++) {
        connection[i].socket = dial();
        listen_to(connection[i].socket, first_event + (uint64_t)i);
    }
}

void send_push(int index, Request *request) {
    Connection *with = &connection[index];
    if (pushes == MOST_PUSHES) stop("too many pushes");
    char digits[24];
    snprintf(digits, sizeof digits, "%08lld", (long long)pushes);
    if (request->number) memcpy(request->number, digits, 8);
    with->sent_at = pushed_at[pushes] = now();
    snprintf(digits, sizeof digits, "%019llu", (unsigned long long)with->sent_at);
    if (request->time) memcpy(request->time, digits, 19);
    pushes++;
    if (viewers) unsettled++;
    with->busy = true;
    with->filled = 0;
    write_all(with->socket, request->text, request->length);
}

/* Stops at any answer but a success: then there is nothing to measure. */
bool read_answer(int index) {
    Connection *with = &connection[index];
    ssize_t got = read(with->socket, with->answer + with->filled, ANSWER - 1 - with->filled);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return false;
    if (got <= 0) stop("a pushing connection ended");
    with->filled += (size_t)got;
    with->answer[with->filled] = 0;
    char *head_end = strstr(with->answer, "\r\n\r\n");
    if (!head_end) return false;
    char *length = strcasestr(with->answer, "\r\ncontent-length:");
    if (!length || length > head_end) stop("an answer without a length: %.300s", with->answer);
    size_t whole = (size_t)(head_end + 4 - with->answer) + strtoul(length + 17, NULL, 10);
    if (with->filled < whole) return false;
    if (strncmp(with->answer, "HTTP/1.1 2", 10)) stop("a push was refused: %.800s", with->answer);
    note(&answers, now() - with->sent_at);
    with->busy = false;
    answered++;
    return true;
}

bool is_busy(int index) { return connection[index].busy; }

int free_connection(void) {
    for (int i = 0; i < connections; i++)
        if (!connection[i].busy) return i;
    return -1;
}
