// The workloads on libmariadb: the yardstick.
//
//   libmariadb WORKLOAD COUNT [tls]

#include "peer.h"

#include <pthread.h>

// A row of six columns. C copies texts into fixed buffers, and takes no memory.
struct row {
  int64_t id;
  int n;
  char s[64];
  double d;
  MYSQL_TIME t;
  char m[64];
};

static uint64_t sum_of(const struct row *row) {
  uint64_t bits;
  memcpy(&bits, &row->d, sizeof bits);
  return row->id + row->n + strlen(row->s) + bits + row->t.hour * 3600 + row->t.minute * 60 + row->t.second +
         (row->m[0] == '-');
}

// Text of the server's, which the next row overwrites.
static void copy(char *to, size_t room, const char *from, unsigned long length) {
  if (length >= room) fail("a text is too long");
  memcpy(to, from, length);
  to[length] = 0;
}

static int digits(const char *text, int count) {
  int value = 0;
  while (count--) value = value * 10 + (*text++ - '0');
  return value;
}

static void decode(struct row *row, MYSQL_ROW cells, const unsigned long *lengths) {
  row->id = strtoll(cells[0], NULL, 10);
  row->n = (int)strtol(cells[1], NULL, 10);
  copy(row->s, sizeof row->s, cells[2], lengths[2]);
  row->d = strtod(cells[3], NULL);
  const char *t = cells[4];
  row->t = (MYSQL_TIME){.year = digits(t, 4), .month = digits(t + 5, 2), .day = digits(t + 8, 2),
                        .hour = digits(t + 11, 2), .minute = digits(t + 14, 2), .second = digits(t + 17, 2)};
  copy(row->m, sizeof row->m, cells[5], lengths[5]);
}

// W1
static void select_one(MYSQL *connection, long count) {
  uint64_t sum = 0;
  struct meter meter = start_meter();
  for (long i = 0; i < count; i++) {
    run(connection, "SELECT 1");
    MYSQL_RES *result = mysql_use_result(connection);
    if (!result) fail(mysql_error(connection));
    for (MYSQL_ROW row; (row = mysql_fetch_row(result));) sum += strtoll(row[0], NULL, 10);
    mysql_free_result(result);
  }
  print_number(&meter, count, sum);
}

// W2, streamed or collected
static void read_rows(MYSQL *connection, long count, MYSQL_RES *(*result_of)(MYSQL *)) {
  char sql[128];
  snprintf(sql, sizeof sql, SIX_COLUMNS " LIMIT %ld", count);
  uint64_t sum = 0;
  long rows = 0;
  struct meter meter = start_meter();
  run(connection, sql);
  MYSQL_RES *result = result_of(connection);
  if (!result) fail(mysql_error(connection));
  for (MYSQL_ROW cells; (cells = mysql_fetch_row(result)); rows++) {
    struct row row;
    decode(&row, cells, mysql_fetch_lengths(result));
    sum += sum_of(&row);
  }
  if (mysql_errno(connection)) fail(mysql_error(connection));
  mysql_free_result(result);
  print_rows(&meter, rows, sum);
}

static MYSQL_STMT *prepare(MYSQL *connection, const char *sql) {
  MYSQL_STMT *statement = mysql_stmt_init(connection);
  if (mysql_stmt_prepare(statement, sql, strlen(sql))) fail(mysql_stmt_error(statement));
  return statement;
}

static MYSQL_BIND buffer(enum enum_field_types type, void *memory, unsigned long size, unsigned long *length) {
  return (MYSQL_BIND){.buffer_type = type, .buffer = memory, .buffer_length = size, .length = length};
}

// Executes with a number as the only parameter, and adds up the rows.
struct row_query {
  MYSQL_STMT *statement;
  int64_t parameter;
  struct row row;
  long rows;
  uint64_t sum;
  int is_collected;
};

static void prepare_rows(struct row_query *query, MYSQL *connection, const char *sql) {
  struct row *row = &query->row;
  MYSQL_BIND parameter = buffer(MYSQL_TYPE_LONGLONG, &query->parameter, 0, NULL);
  MYSQL_BIND cells[] = {
      buffer(MYSQL_TYPE_LONGLONG, &row->id, 0, NULL),
      buffer(MYSQL_TYPE_LONG, &row->n, 0, NULL),
      buffer(MYSQL_TYPE_STRING, row->s, sizeof row->s, NULL),
      buffer(MYSQL_TYPE_DOUBLE, &row->d, 0, NULL),
      buffer(MYSQL_TYPE_DATETIME, &row->t, sizeof row->t, NULL),
      buffer(MYSQL_TYPE_STRING, row->m, sizeof row->m, NULL),
  };
  query->statement = prepare(connection, sql);
  if (mysql_stmt_bind_param(query->statement, &parameter) || mysql_stmt_bind_result(query->statement, cells))
    fail(mysql_stmt_error(query->statement));
}

static void execute(struct row_query *query, int64_t parameter) {
  query->parameter = parameter;
  if (mysql_stmt_execute(query->statement)) fail(mysql_stmt_error(query->statement));
  if (query->is_collected && mysql_stmt_store_result(query->statement)) fail(mysql_stmt_error(query->statement));
  int status;
  for (; !(status = mysql_stmt_fetch(query->statement)); query->rows++) query->sum += sum_of(&query->row);
  if (status != MYSQL_NO_DATA) fail(mysql_stmt_error(query->statement));
  mysql_stmt_free_result(query->statement);
}

// W3, streamed or collected
static void read_prepared_rows(MYSQL *connection, long count, int is_collected) {
  struct row_query query = {.is_collected = is_collected};
  struct meter meter = start_meter();
  prepare_rows(&query, connection, SIX_COLUMNS " LIMIT ?");
  execute(&query, count);
  print_rows(&meter, query.rows, query.sum);
}

// W4
static void select_by_key(MYSQL *connection, long count) {
  struct row_query query = {0};
  struct meter meter = start_meter();
  prepare_rows(&query, connection, SIX_COLUMNS " WHERE id = ?");
  for (long key = 1; key <= count; key++) execute(&query, key);
  print_rows(&meter, query.rows, query.sum);
}

// W5
static void read_cells(MYSQL *connection, long count, const char *sql) {
  uint64_t sum = 0;
  struct meter meter = start_meter();
  for (long i = 0; i < count; i++) {
    run(connection, sql);
    MYSQL_RES *result = mysql_use_result(connection);
    if (!result) fail(mysql_error(connection));
    for (MYSQL_ROW row; (row = mysql_fetch_row(result));) {
      unsigned long length = mysql_fetch_lengths(result)[0];
      for (unsigned long at = 0; at < length; at += 4096) sum += (unsigned char)row[0][at];
    }
    if (mysql_errno(connection)) fail(mysql_error(connection));
    mysql_free_result(result);
  }
  print_number(&meter, count, sum);
}

// W6
static void log_in(long count, int is_tls) {
  struct meter meter = start_meter();
  for (long i = 0; i < count; i++) mysql_close(open_connection(is_tls));
  print_number(&meter, count, count);
}

// W7: a thread for each connection.
struct share {
  MYSQL *connection;
  long first, last, rows;
  uint64_t sum;
};

static void *select_share(void *argument) {
  struct share *share = argument;
  struct row_query query = {0};
  mysql_thread_init();
  prepare_rows(&query, share->connection, SIX_COLUMNS " WHERE id = ?");
  for (long key = share->first; key <= share->last; key++) execute(&query, key);
  share->rows = query.rows;
  share->sum = query.sum;
  mysql_thread_end();
  return NULL;
}

static void keep_busy(long count, int is_tls) {
  struct share shares[BUSY_CONNECTIONS];
  pthread_t threads[BUSY_CONNECTIONS];
  long each = count / BUSY_CONNECTIONS, rows = 0;
  uint64_t sum = 0;
  for (int i = 0; i < BUSY_CONNECTIONS; i++)
    shares[i] = (struct share){.connection = open_connection(is_tls), .first = i * each + 1, .last = (i + 1) * each};
  struct meter meter = start_meter();
  for (int i = 0; i < BUSY_CONNECTIONS; i++) pthread_create(&threads[i], NULL, select_share, &shares[i]);
  for (int i = 0; i < BUSY_CONNECTIONS; i++) {
    pthread_join(threads[i], NULL);
    rows += shares[i].rows;
    sum += shares[i].sum;
  }
  print_rows(&meter, rows, sum);
  for (int i = 0; i < BUSY_CONNECTIONS; i++) mysql_close(shares[i].connection);
}

// W8a
static void insert_one_by_one(MYSQL *connection, long count) {
  int64_t id, n;
  char name[32];
  unsigned long length;
  MYSQL_BIND values[] = {
      buffer(MYSQL_TYPE_LONGLONG, &id, 0, NULL),
      buffer(MYSQL_TYPE_LONGLONG, &n, 0, NULL),
      buffer(MYSQL_TYPE_STRING, name, sizeof name, &length),
  };
  MYSQL_STMT *statement = prepare(connection, "INSERT INTO inserted VALUES (?, ?, ?)");
  if (mysql_stmt_bind_param(statement, values)) fail(mysql_stmt_error(statement));
  for (id = 1; id <= count; id++) {
    n = id % 1000;
    length = snprintf(name, sizeof name, "name %lld", (long long)id);
    if (mysql_stmt_execute(statement)) fail(mysql_stmt_error(statement));
  }
  mysql_stmt_close(statement);
}

// W8b
static void insert_thousands(MYSQL *connection, long count) {
  char sql[64 * 1024];
  for (long id = 1; id <= count;) {
    int length = snprintf(sql, sizeof sql, "INSERT INTO inserted VALUES ");
    for (long last = id + 999; id <= last && id <= count; id++)
      length += snprintf(sql + length, sizeof sql - length, "(%ld,%ld,'name %ld'),", id, id % 1000, id);
    if (mysql_real_query(connection, sql, length - 1)) fail(mysql_error(connection));
  }
}

static void insert(MYSQL *connection, long count, void (*rows)(MYSQL *, long)) {
  run(connection, "TRUNCATE TABLE inserted");
  struct meter meter = start_meter();
  run(connection, "START TRANSACTION");
  rows(connection, count);
  run(connection, "COMMIT");
  struct measurement spent = stop_meter(&meter);
  run(connection, "SELECT CONCAT(COUNT(*), '/', SUM(id + n + LENGTH(name))) FROM inserted");
  MYSQL_RES *result = mysql_store_result(connection);
  if (!result) fail(mysql_error(connection));
  print_measurement(spent, count, mysql_fetch_row(result)[0]);
  mysql_free_result(result);
}

int main(int words, char **word) {
  if (words < 3) fail("libmariadb takes a workload and a count");
  const char *workload = word[1];
  long count = atol(word[2]);
  int is_tls = words > 3 && !strcmp(word[3], "tls");
  if (!strcmp(workload, "W6")) return log_in(count, is_tls), 0;
  if (!strcmp(workload, "W7")) return keep_busy(count, is_tls), 0;
  MYSQL *connection = open_connection(is_tls);
  if (!strcmp(workload, "W1")) select_one(connection, count);
  else if (!strcmp(workload, "W2")) read_rows(connection, count, mysql_use_result);
  else if (!strcmp(workload, "W2c")) read_rows(connection, count, mysql_store_result);
  else if (!strcmp(workload, "W3")) read_prepared_rows(connection, count, 0);
  else if (!strcmp(workload, "W3c")) read_prepared_rows(connection, count, 1);
  else if (!strcmp(workload, "W4")) select_by_key(connection, count);
  else if (!strcmp(workload, "W5")) read_cells(connection, count, "SELECT data FROM cells WHERE id = 64");
  else if (!strcmp(workload, "W5m")) read_cells(connection, count, "SELECT data FROM cells WHERE id = 15");
  else if (!strcmp(workload, "W8a")) insert(connection, count, insert_one_by_one);
  else if (!strcmp(workload, "W8b")) insert(connection, count, insert_thousands);
  else fail("there is no such workload");
  mysql_close(connection);
  return 0;
}
