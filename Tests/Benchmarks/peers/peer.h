// What the peers in C share: the server that the environment names, and the meter.
//
// A peer is called with a workload and a count, as `mysql-bench live` is, and prints the same line.

#include <mysql.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#define SIX_COLUMNS "SELECT id, n, s, d, t, m FROM rows_of_six"
#define BUSY_CONNECTIONS 16

static inline _Noreturn void fail(const char *reason) {
  fprintf(stderr, "%s\n", reason);
  exit(1);
}

static inline MYSQL *open_connection(int is_tls) {
  MYSQL *connection = mysql_init(NULL);
  if (is_tls) mysql_optionsv(connection, MYSQL_OPT_SSL_ENFORCE, &(my_bool){1});
  if (!mysql_real_connect(connection, getenv("BENCH_HOST"), getenv("BENCH_USER"), getenv("BENCH_PASSWORD"),
                          getenv("BENCH_DATABASE"), atoi(getenv("BENCH_PORT")), NULL, 0))
    fail(mysql_error(connection));
  if (is_tls && !mysql_get_ssl_cipher(connection)) fail("there is no TLS");
  return connection;
}

static inline void run(MYSQL *connection, const char *sql) {
  if (mysql_query(connection, sql)) fail(mysql_error(connection));
}

struct meter {
  struct timespec start;
  struct rusage usage;
};

static inline struct meter start_meter(void) {
  struct meter meter;
  clock_gettime(CLOCK_MONOTONIC, &meter.start);
  getrusage(RUSAGE_SELF, &meter.usage);
  return meter;
}

// What a workload cost.
struct measurement {
  double seconds, processor_seconds;
  long waits, preempted;
};

static inline double processor_seconds(const struct rusage *usage) {
  return usage->ru_utime.tv_sec + usage->ru_stime.tv_sec + (usage->ru_utime.tv_usec + usage->ru_stime.tv_usec) / 1e6;
}

static inline struct measurement stop_meter(const struct meter *meter) {
  struct meter now = start_meter();
  return (struct measurement){
      .seconds = now.start.tv_sec - meter->start.tv_sec + (now.start.tv_nsec - meter->start.tv_nsec) / 1e9,
      .processor_seconds = processor_seconds(&now.usage) - processor_seconds(&meter->usage),
      .waits = now.usage.ru_nvcsw - meter->usage.ru_nvcsw,
      .preempted = now.usage.ru_nivcsw - meter->usage.ru_nivcsw,
  };
}

static inline long peak_kibibytes(void) {
  FILE *status = fopen("/proc/self/status", "r");
  char line[256];
  long kibibytes = 0;
  while (status && fgets(line, sizeof line, status)) sscanf(line, "VmHWM: %ld", &kibibytes);
  if (status) fclose(status);
  return kibibytes;
}

static inline void print_measurement(struct measurement spent, long count, const char *checksum) {
  printf("count=%ld seconds=%.6f cpu=%.6f waits=%ld preempted=%ld memory=%ld checksum=%s\n", count, spent.seconds,
         spent.processor_seconds, spent.waits, spent.preempted, peak_kibibytes(), checksum);
  fflush(stdout);
}

// Prints what was spent since the meter started, with a number as the checksum.
static inline void print_number(const struct meter *meter, long count, uint64_t sum) {
  char checksum[32];
  snprintf(checksum, sizeof checksum, "%llu", (unsigned long long)sum);
  print_measurement(stop_meter(meter), count, checksum);
}

// The same with the sum over rows of six columns.
static inline void print_rows(const struct meter *meter, long count, uint64_t sum) {
  char checksum[48];
  snprintf(checksum, sizeof checksum, "%ld/%llx", count, (unsigned long long)sum);
  print_measurement(stop_meter(meter), count, checksum);
}
