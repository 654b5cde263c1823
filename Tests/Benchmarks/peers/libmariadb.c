// The workloads of `mysql-bench live` on libmariadb: the yardstick.
//
//   libmariadb W1|W4|W8a COUNT | libmariadb W2|W3 SQL
//
// The server is in BENCH_HOST, BENCH_PORT or BENCH_SOCKET, BENCH_USER, BENCH_PASSWORD and BENCH_DATABASE.
// Prints one line of key=value words, as `mysql-bench sample` does.

#include <mysql.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static void fail(MYSQL *connection) {
  fprintf(stderr, "libmariadb: %s\n", mysql_error(connection));
  exit(1);
}

static double seconds(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

static double now(void) { return seconds(CLOCK_MONOTONIC); }

static double processor_seconds(void) { return seconds(CLOCK_PROCESS_CPUTIME_ID); }

static double peak_mebibytes(void) {
  FILE *status = fopen("/proc/self/status", "r");
  char line[256];
  long kibibytes = 0;
  while (status && fgets(line, sizeof line, status)) sscanf(line, "VmHWM: %ld", &kibibytes);
  if (status) fclose(status);
  return kibibytes / 1024.0;
}

static MYSQL *open_connection(void) {
  MYSQL *connection = mysql_init(NULL);
  const char *port = getenv("BENCH_PORT"), *socket = getenv("BENCH_SOCKET");
  if (!mysql_real_connect(connection, socket ? NULL : getenv("BENCH_HOST"), getenv("BENCH_USER"),
                          getenv("BENCH_PASSWORD"), getenv("BENCH_DATABASE"), port ? atoi(port) : 0, socket, 0))
    fail(connection);
  return connection;
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static void print_latencies(double *times, int count, double seconds, double cpu, int64_t sum) {
  qsort(times, count, sizeof *times, ascending);
  printf("rate=%.0f cpu_s=%.3f rss_mib=%.1f p50_us=%.1f checksum=%lld\n", count / seconds, cpu, peak_mebibytes(),
         times[count / 2] * 1e6, (long long)sum);
}

// W1: a small query after another.
static void query_sequentially(MYSQL *connection, int count) {
  double *times = malloc(count * sizeof *times), cpu = processor_seconds(), start = now(), last = start;
  int64_t sum = 0;
  for (int i = 0; i < count; i++) {
    if (mysql_real_query(connection, "SELECT 1", 8)) fail(connection);
    MYSQL_RES *result = mysql_use_result(connection);
    if (!result) fail(connection);
    for (MYSQL_ROW row; (row = mysql_fetch_row(result));) sum += strtoll(row[0], NULL, 10);
    mysql_free_result(result);
    double end = now();
    times[i] = end - last;
    last = end;
  }
  print_latencies(times, count, last - start, processor_seconds() - cpu, sum);
}

struct row {
  int64_t id;
  int n;
  char s[64];
  double d;
  struct tm t;
  char m[64];
};

// Text of the server's, which is copied since the next row overwrites it.
static void copy(char *to, size_t room, const char *from, unsigned long length) {
  if (length >= room) exit(1);
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
  row->t = (struct tm){.tm_year = digits(t, 4) - 1900, .tm_mon = digits(t + 5, 2) - 1, .tm_mday = digits(t + 8, 2),
                       .tm_hour = digits(t + 11, 2), .tm_min = digits(t + 14, 2), .tm_sec = digits(t + 17, 2)};
  copy(row->m, sizeof row->m, cells[5], lengths[5]);
}

// W2: many rows, streamed and decoded.
static void stream_rows(MYSQL *connection, const char *sql) {
  double cpu = processor_seconds(), start = now();
  uint64_t rows = 0, sum = 0;
  if (mysql_query(connection, sql)) fail(connection);
  MYSQL_RES *result = mysql_use_result(connection);
  if (!result) fail(connection);
  for (MYSQL_ROW cells; (cells = mysql_fetch_row(result)); rows++) {
    struct row row;
    uint64_t bits;
    decode(&row, cells, mysql_fetch_lengths(result));
    memcpy(&bits, &row.d, sizeof bits);
    sum += row.id + row.n + strlen(row.s) + bits + row.t.tm_hour * 3600 + row.t.tm_min * 60 + row.t.tm_sec +
           (row.m[0] == '-');
  }
  if (mysql_errno(connection)) fail(connection);
  mysql_free_result(result);
  double seconds = now() - start;
  cpu = processor_seconds() - cpu;
  printf("rate=%.0f cpu_s=%.3f rss_mib=%.1f checksum=%016llx\n", rows / seconds, cpu, peak_mebibytes(),
         (unsigned long long)sum);
}

static void fail_statement(MYSQL_STMT *statement) {
  fprintf(stderr, "libmariadb: %s\n", mysql_stmt_error(statement));
  exit(1);
}

static MYSQL_STMT *prepare(MYSQL *connection, const char *sql) {
  MYSQL_STMT *statement = mysql_stmt_init(connection);
  if (mysql_stmt_prepare(statement, sql, strlen(sql))) fail_statement(statement);
  return statement;
}

static MYSQL_BIND buffer(enum enum_field_types type, void *memory, unsigned long size, unsigned long *length) {
  return (MYSQL_BIND){.buffer_type = type, .buffer = memory, .buffer_length = size, .length = length};
}

// W3: the rows of W2, into fixed buffers.
static void stream_prepared_rows(MYSQL *connection, const char *sql) {
  double cpu = processor_seconds(), start = now();
  uint64_t rows = 0, sum = 0;
  int64_t id;
  int n;
  char s[64], m[64];
  double d;
  MYSQL_TIME t;
  unsigned long s_length, m_length;
  MYSQL_BIND cells[] = {
      buffer(MYSQL_TYPE_LONGLONG, &id, 0, 0),
      buffer(MYSQL_TYPE_LONG, &n, 0, 0),
      buffer(MYSQL_TYPE_STRING, s, sizeof s, &s_length),
      buffer(MYSQL_TYPE_DOUBLE, &d, 0, 0),
      buffer(MYSQL_TYPE_DATETIME, &t, sizeof t, 0),
      buffer(MYSQL_TYPE_STRING, m, sizeof m, &m_length),
  };
  MYSQL_STMT *statement = prepare(connection, sql);
  if (mysql_stmt_execute(statement) || mysql_stmt_bind_result(statement, cells)) fail_statement(statement);
  int status;
  for (; !(status = mysql_stmt_fetch(statement)); rows++) {
    uint64_t bits;
    memcpy(&bits, &d, sizeof bits);
    sum += id + n + s_length + bits + t.hour * 3600 + t.minute * 60 + t.second + (m[0] == '-');
  }
  if (status != MYSQL_NO_DATA) fail_statement(statement);
  mysql_stmt_close(statement);
  double seconds = now() - start;
  cpu = processor_seconds() - cpu;
  printf("rate=%.0f cpu_s=%.3f rss_mib=%.1f checksum=%016llx\n", rows / seconds, cpu, peak_mebibytes(),
         (unsigned long long)sum);
}

// W4: a row by its key, after another.
static void select_sequentially(MYSQL *connection, int count) {
  double *times = malloc(count * sizeof *times), cpu = processor_seconds(), start = now(), last = start;
  int64_t id, sum = 0;
  int n;
  char s[64];
  unsigned long s_length;
  MYSQL_BIND key[] = {buffer(MYSQL_TYPE_LONGLONG, &id, 0, 0)};
  MYSQL_BIND cells[] = {buffer(MYSQL_TYPE_LONG, &n, 0, 0), buffer(MYSQL_TYPE_STRING, s, sizeof s, &s_length)};
  MYSQL_STMT *statement = prepare(connection, "SELECT n, s FROM rows_of_six WHERE id = ?");
  if (mysql_stmt_bind_param(statement, key) || mysql_stmt_bind_result(statement, cells)) fail_statement(statement);
  for (id = 1; id <= count; id++) {
    if (mysql_stmt_execute(statement)) fail_statement(statement);
    int status;
    while (!(status = mysql_stmt_fetch(statement))) sum += n + s_length;
    if (status != MYSQL_NO_DATA) fail_statement(statement);
    double end = now();
    times[id - 1] = end - last;
    last = end;
  }
  mysql_stmt_close(statement);
  print_latencies(times, count, last - start, processor_seconds() - cpu, sum);
}

static void run(MYSQL *connection, const char *sql) {
  if (mysql_query(connection, sql)) fail(connection);
}

// W8a: rows inserted in a transaction, one statement each.
static void insert_sequentially(MYSQL *connection, int count) {
  run(connection, "DROP TABLE IF EXISTS inserted");
  run(connection, "CREATE TABLE inserted (id BIGINT PRIMARY KEY, n INT, name VARCHAR(20))");
  double cpu = processor_seconds(), start = now();
  int64_t id, n;
  char name[32];
  unsigned long name_length;
  MYSQL_BIND values[] = {
      buffer(MYSQL_TYPE_LONGLONG, &id, 0, 0),
      buffer(MYSQL_TYPE_LONGLONG, &n, 0, 0),
      buffer(MYSQL_TYPE_STRING, name, sizeof name, &name_length),
  };
  run(connection, "START TRANSACTION");
  MYSQL_STMT *statement = prepare(connection, "INSERT INTO inserted VALUES (?, ?, ?)");
  if (mysql_stmt_bind_param(statement, values)) fail_statement(statement);
  for (id = 1; id <= count; id++) {
    n = id % 1000;
    name_length = snprintf(name, sizeof name, "name %lld", (long long)id);
    if (mysql_stmt_execute(statement)) fail_statement(statement);
  }
  mysql_stmt_close(statement);
  run(connection, "COMMIT");
  double seconds = now() - start;
  cpu = processor_seconds() - cpu;
  run(connection, "SELECT CONCAT(COUNT(*), '/', SUM(id + n + LENGTH(name))) FROM inserted");
  MYSQL_RES *result = mysql_store_result(connection);
  if (!result) fail(connection);
  printf("rate=%.0f cpu_s=%.3f rss_mib=%.1f checksum=%s\n", count / seconds, cpu, peak_mebibytes(),
         mysql_fetch_row(result)[0]);
  mysql_free_result(result);
}

int main(int count, char **words) {
  if (count != 3) return 2;
  MYSQL *connection = open_connection();
  if (!strcmp(words[1], "W1")) query_sequentially(connection, atoi(words[2]));
  if (!strcmp(words[1], "W2")) stream_rows(connection, words[2]);
  if (!strcmp(words[1], "W3")) stream_prepared_rows(connection, words[2]);
  if (!strcmp(words[1], "W4")) select_sequentially(connection, atoi(words[2]));
  if (!strcmp(words[1], "W8a")) insert_sequentially(connection, atoi(words[2]));
  mysql_close(connection);
  return 0;
}
