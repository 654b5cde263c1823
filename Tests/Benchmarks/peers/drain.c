// The limit: sends the commands of the workloads, and walks the headers of the packets that come back. It decodes
// nothing. libmariadb logs in and prepares.
//
//   drain WORKLOAD COUNT

#include "peer.h"

#include <pthread.h>
#include <sys/uio.h>
#include <unistd.h>

enum { command_query = 3, command_execute = 23, end_of_rows = 0xFE, error = 0xFF, largest_payload = 0xFFFFFF };

struct drain {
  int socket;
  // What was read, and where in it the next byte is.
  size_t position, end;
  unsigned char bytes[256 * 1024];
};

static struct drain *make_drain(MYSQL *connection) {
  // With CLIENT_DEPRECATE_EOF answers end in another way.
  if (connection->client_flag & (1ul << 24)) fail("drain does not know how this libmariadb's answers end");
  struct drain *drain = malloc(sizeof *drain);
  drain->socket = mysql_get_socket(connection);
  drain->position = drain->end = 0;
  return drain;
}

static void refill(struct drain *drain) {
  ssize_t count = read(drain->socket, drain->bytes, sizeof drain->bytes);
  if (count <= 0) fail("the connection was lost");
  drain->position = 0;
  drain->end = count;
}

static unsigned char next_byte(struct drain *drain) {
  if (drain->position == drain->end) refill(drain);
  return drain->bytes[drain->position++];
}

static void skip(struct drain *drain, size_t count) {
  while (count > drain->end - drain->position) {
    count -= drain->end - drain->position;
    refill(drain);
  }
  drain->position += count;
}

// Passes over a packet, and returns its length; its first byte says what it is.
static size_t skip_packet(struct drain *drain, unsigned char *first) {
  size_t length = next_byte(drain);
  length |= (size_t)next_byte(drain) << 8;
  length |= (size_t)next_byte(drain) << 16;
  next_byte(drain);
  *first = length ? next_byte(drain) : 0;
  if (length) skip(drain, length - 1);
  return length;
}

// Reads an answer to its end, and returns its rows.
static long skip_answer(struct drain *drain) {
  unsigned char first;
  skip_packet(drain, &first);
  if (first == error) fail("the server reports an error");
  if (!first) return 0;
  long rows = 0;
  int ends = 0, is_continued = 0;
  while (ends < 2) {
    size_t length = skip_packet(drain, &first);
    if (!is_continued && first == error) fail("the server reports an error");
    if (!is_continued && first == end_of_rows && length < 9) ends++;
    else if (!is_continued && ends) rows++;
    is_continued = length == largest_payload;
  }
  return rows;
}

static void send_packet(struct drain *drain, const void *payload, size_t length) {
  unsigned char header[4] = {length & 0xFF, length >> 8 & 0xFF, length >> 16, 0};
  struct iovec pieces[] = {{header, sizeof header}, {(void *)payload, length}};
  if (writev(drain->socket, pieces, 2) != (ssize_t)(length + sizeof header)) fail("the connection was lost");
}

static void send_query(struct drain *drain, const char *sql) {
  char payload[1024] = {command_query};
  size_t length = strlen(sql);
  if (length >= sizeof payload) fail("a query is too long");
  memcpy(payload + 1, sql, length);
  send_packet(drain, payload, length + 1);
}

// W1, W2 and W5: the same query again and again.
static void query(struct drain *drain, const char *sql, long count) {
  long rows = 0;
  struct meter meter = start_meter();
  for (long i = 0; i < count; i++) {
    send_query(drain, sql);
    rows += skip_answer(drain);
  }
  print_number(&meter, rows, rows);
}

static MYSQL_STMT *prepare(MYSQL *connection, const char *sql) {
  MYSQL_STMT *statement = mysql_stmt_init(connection);
  if (mysql_stmt_prepare(statement, sql, strlen(sql))) fail(mysql_stmt_error(statement));
  return statement;
}

static unsigned char *put(unsigned char *at, uint64_t value, int bytes) {
  for (; bytes--; value >>= 8) *at++ = value & 0xFF;
  return at;
}

// The start of an execution: its statement, no cursor, one iteration, no parameter that is NULL, types follow.
static unsigned char *begin_execution(unsigned char *at, MYSQL_STMT *statement) {
  at = put(at, command_execute, 1);
  at = put(at, statement->stmt_id, 4);
  at = put(at, 0, 1);
  at = put(at, 1, 4);
  at = put(at, 0, 1);
  return put(at, 1, 1);
}

static long execute(struct drain *drain, MYSQL_STMT *statement, int64_t parameter) {
  unsigned char payload[32], *end = begin_execution(payload, statement);
  end = put(put(end, MYSQL_TYPE_LONGLONG, 2), parameter, 8);
  send_packet(drain, payload, end - payload);
  return skip_answer(drain);
}

// W3
static void read_prepared_rows(MYSQL *connection, struct drain *drain, long count) {
  struct meter meter = start_meter();
  long rows = execute(drain, prepare(connection, SIX_COLUMNS " LIMIT ?"), count);
  print_number(&meter, rows, rows);
}

// W4
static void select_by_key(MYSQL *connection, struct drain *drain, long count) {
  MYSQL_STMT *statement = prepare(connection, SIX_COLUMNS " WHERE id = ?");
  long rows = 0;
  struct meter meter = start_meter();
  for (long key = 1; key <= count; key++) rows += execute(drain, statement, key);
  print_number(&meter, rows, rows);
}

// W7: a thread for each connection.
struct share {
  MYSQL_STMT *statement;
  struct drain *drain;
  long first, last, rows;
};

static void *select_share(void *argument) {
  struct share *share = argument;
  for (long key = share->first; key <= share->last; key++)
    share->rows += execute(share->drain, share->statement, key);
  return NULL;
}

static void keep_busy(long count) {
  struct share shares[BUSY_CONNECTIONS];
  pthread_t threads[BUSY_CONNECTIONS];
  long each = count / BUSY_CONNECTIONS, rows = 0;
  for (int i = 0; i < BUSY_CONNECTIONS; i++) {
    MYSQL *connection = open_connection(0);
    shares[i] = (struct share){.statement = prepare(connection, SIX_COLUMNS " WHERE id = ?"),
                               .drain = make_drain(connection), .first = i * each + 1, .last = (i + 1) * each};
  }
  struct meter meter = start_meter();
  for (int i = 0; i < BUSY_CONNECTIONS; i++) pthread_create(&threads[i], NULL, select_share, &shares[i]);
  for (int i = 0; i < BUSY_CONNECTIONS; i++) {
    pthread_join(threads[i], NULL);
    rows += shares[i].rows;
  }
  print_number(&meter, rows, rows);
}

// W8a
static void insert_one_by_one(MYSQL *connection, struct drain *drain, long count) {
  MYSQL_STMT *statement = prepare(connection, "INSERT INTO inserted VALUES (?, ?, ?)");
  for (long id = 1; id <= count; id++) {
    unsigned char payload[96], *end = begin_execution(payload, statement);
    end = put(put(put(end, MYSQL_TYPE_LONGLONG, 2), MYSQL_TYPE_LONGLONG, 2), MYSQL_TYPE_STRING, 2);
    end = put(put(end, id, 8), id % 1000, 8);
    int length = snprintf((char *)end + 1, 32, "name %ld", id);
    *end = length;
    send_packet(drain, payload, end + 1 + length - payload);
    skip_answer(drain);
  }
}

// W8b
static void insert_thousands(MYSQL *connection, struct drain *drain, long count) {
  (void)connection;
  char payload[60 * 1024] = {command_query};
  for (long id = 1; id <= count;) {
    int length = 1 + sprintf(payload + 1, "INSERT INTO inserted VALUES ");
    for (long last = id + 999; id <= last && id <= count; id++)
      length += sprintf(payload + length, "(%ld,%ld,'name %ld'),", id, id % 1000, id);
    send_packet(drain, payload, length - 1);
    skip_answer(drain);
  }
}

static void insert(MYSQL *connection, struct drain *drain, long count,
                   void (*rows)(MYSQL *, struct drain *, long)) {
  run(connection, "TRUNCATE TABLE inserted");
  struct meter meter = start_meter();
  run(connection, "START TRANSACTION");
  rows(connection, drain, count);
  run(connection, "COMMIT");
  print_number(&meter, count, count);
}

int main(int words, char **word) {
  if (words < 3) fail("drain takes a workload and a count");
  const char *workload = word[1];
  long count = atol(word[2]);
  if (!strcmp(workload, "W7")) return keep_busy(count), 0;
  MYSQL *connection = open_connection(0);
  struct drain *drain = make_drain(connection);
  char rows[128];
  snprintf(rows, sizeof rows, SIX_COLUMNS " LIMIT %ld", count);
  if (!strcmp(workload, "W1")) query(drain, "SELECT 1", count);
  else if (!strcmp(workload, "W2")) query(drain, rows, 1);
  else if (!strcmp(workload, "W3")) read_prepared_rows(connection, drain, count);
  else if (!strcmp(workload, "W4")) select_by_key(connection, drain, count);
  else if (!strcmp(workload, "W5")) query(drain, "SELECT data FROM cells WHERE id = 64", count);
  else if (!strcmp(workload, "W5m")) query(drain, "SELECT data FROM cells WHERE id = 15", count);
  else if (!strcmp(workload, "W8a")) insert(connection, drain, count, insert_one_by_one);
  else if (!strcmp(workload, "W8b")) insert(connection, drain, count, insert_thousands);
  else fail("there is no such workload");
  mysql_close(connection);
  return 0;
}
