// Plays steps over one connection with libmariadb:
//   libmariadb HOST PORT USER PASSWORD DATABASE [option…] <steps
//   libmariadb --version
// A step is a name and its fields. Fields end with \x1f, steps with \x1e. Server errors are printed and then
// passed over, because most scenarios want them. Parameters are pairs of a type (null, i1 i2 i4 i8,
// u1 u2 u4 u8, f, d, s, b for hex bytes, date, datetime, time) and its text.
#include <mysql.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { maxParameters = 1200 };

typedef struct {
  MYSQL_BIND binds[maxParameters];
  union {
    long long integer;
    float single;
    double number;
    MYSQL_TIME time;
  } values[maxParameters];
  unsigned long lengths[maxParameters];
  char nulls[maxParameters];
} Parameters;

static MYSQL *connection;
static MYSQL_STMT *statement;
static Parameters parameters;

static void report(const char *step, unsigned code, const char *message) {
  if (code) printf("%s: %u %s\n", step, code, message);
}

static int hexDigit(char c) { return c <= '9' ? c - '0' : c - 'a' + 10; }

static char *bytesFromHex(const char *hex, unsigned long *length) {
  *length = strlen(hex) / 2;
  char *bytes = malloc(*length + 1);
  for (unsigned long i = 0; i < *length; i++) bytes[i] = hexDigit(hex[2 * i]) << 4 | hexDigit(hex[2 * i + 1]);
  return bytes;
}

static MYSQL_TIME timeFromText(const char *type, const char *text) {
  MYSQL_TIME t = {0};
  char fraction[7] = "";
  if (*text == '-' && !strcmp(type, "time")) t.neg = 1, text++;
  if (!strcmp(type, "time"))
    sscanf(text, "%u:%u:%u.%6s", &t.hour, &t.minute, &t.second, fraction);
  else
    sscanf(text, "%u-%u-%u %u:%u:%u.%6s", &t.year, &t.month, &t.day, &t.hour, &t.minute, &t.second, fraction);
  if (*fraction) {
    char digits[7] = "000000";
    memcpy(digits, fraction, strlen(fraction));
    t.second_part = strtoul(digits, NULL, 10);
  }
  t.time_type = !strcmp(type, "date")   ? MYSQL_TIMESTAMP_DATE
                : !strcmp(type, "time") ? MYSQL_TIMESTAMP_TIME
                                        : MYSQL_TIMESTAMP_DATETIME;
  return t;
}

static void bindParameter(int i, const char *type, char *text) {
  MYSQL_BIND *bind = &parameters.binds[i];
  memset(bind, 0, sizeof *bind);
  bind->buffer = &parameters.values[i];
  if (!strcmp(type, "null")) {
    bind->buffer_type = MYSQL_TYPE_NULL;
  } else if (*type == 'i' || *type == 'u') {
    bind->is_unsigned = *type == 'u';
    parameters.values[i].integer =
        bind->is_unsigned ? (long long)strtoull(text, NULL, 10) : strtoll(text, NULL, 10);
    bind->buffer_type = type[1] == '1'   ? MYSQL_TYPE_TINY
                        : type[1] == '2' ? MYSQL_TYPE_SHORT
                        : type[1] == '4' ? MYSQL_TYPE_LONG
                                         : MYSQL_TYPE_LONGLONG;
  } else if (!strcmp(type, "f")) {
    parameters.values[i].single = strtof(text, NULL);
    bind->buffer_type = MYSQL_TYPE_FLOAT;
  } else if (!strcmp(type, "d")) {
    parameters.values[i].number = strtod(text, NULL);
    bind->buffer_type = MYSQL_TYPE_DOUBLE;
  } else if (!strcmp(type, "s") || !strcmp(type, "b")) {
    parameters.lengths[i] = strlen(text);
    bind->buffer = *type == 's' ? text : bytesFromHex(text, &parameters.lengths[i]);
    bind->buffer_length = parameters.lengths[i];
    bind->length = &parameters.lengths[i];
    bind->buffer_type = *type == 's' ? MYSQL_TYPE_STRING : MYSQL_TYPE_BLOB;
  } else {
    parameters.values[i].time = timeFromText(type, text);
    bind->buffer_type = !strcmp(type, "date")   ? MYSQL_TYPE_DATE
                        : !strcmp(type, "time") ? MYSQL_TYPE_TIME
                                                : MYSQL_TYPE_DATETIME;
  }
}

static int bindParameters(char **fields, int count) {
  for (int i = 0; i + 1 < count; i += 2) bindParameter(i / 2, fields[i], fields[i + 1]);
  return count / 2;
}

static void readTextResults(void) {
  int more;
  do {
    MYSQL_RES *result = mysql_use_result(connection);
    if (result) {
      while (mysql_fetch_row(result)) {}
      mysql_free_result(result);
    }
    if (mysql_errno(connection)) return;
    more = mysql_next_result(connection);
  } while (more == 0);
}

static void readStatementResults(void) {
  do {
    if (mysql_stmt_field_count(statement)) mysql_stmt_store_result(statement);
    report("statement result", mysql_stmt_errno(statement), mysql_stmt_error(statement));
    mysql_stmt_free_result(statement);
  } while (mysql_stmt_next_result(statement) == 0);
}

static void prepare(const char *sql) {
  statement = mysql_stmt_init(connection);
  if (mysql_stmt_prepare(statement, sql, strlen(sql)))
    report("prepare", mysql_stmt_errno(statement), mysql_stmt_error(statement));
}

static void execute(void) {
  if (mysql_stmt_execute(statement))
    report("execute", mysql_stmt_errno(statement), mysql_stmt_error(statement));
  else
    readStatementResults();
}

// PREPARE and EXECUTE in one go, the statement being "the last one prepared".
static void executeDirect(const char *sql, char **fields, int count) {
  statement = mysql_stmt_init(connection);
  unsigned bound = bindParameters(fields, count);
  mysql_stmt_attr_set(statement, STMT_ATTR_PREBIND_PARAMS, &bound);
  if (bound) mysql_stmt_bind_param(statement, parameters.binds);
  if (mariadb_stmt_execute_direct(statement, sql, strlen(sql)))
    report("direct", mysql_stmt_errno(statement), mysql_stmt_error(statement));
  else
    readStatementResults();
}

// COM_STMT_BULK_EXECUTE of (integer, text) rows: fields are id, text pairs, where the text NULL is a null.
static void executeBulk(const char *sql, char **fields, int count) {
  unsigned rows = count / 2;
  int ids[rows];
  char *texts[rows];
  unsigned long lengths[rows];
  char idMarks[rows], marks[rows];
  for (unsigned i = 0; i < rows; i++) {
    ids[i] = atoi(fields[2 * i]);
    texts[i] = fields[2 * i + 1];
    lengths[i] = strlen(texts[i]);
    idMarks[i] = STMT_INDICATOR_NONE;
    marks[i] = strcmp(texts[i], "NULL") ? STMT_INDICATOR_NONE : STMT_INDICATOR_NULL;
  }
  MYSQL_BIND binds[2] = {{0}, {0}};
  binds[0].buffer_type = MYSQL_TYPE_LONG;
  binds[0].buffer = ids;
  binds[0].u.indicator = idMarks;
  binds[1].buffer_type = MYSQL_TYPE_STRING;
  binds[1].buffer = texts;
  binds[1].length = lengths;
  binds[1].u.indicator = marks;
  prepare(sql);
  mysql_stmt_attr_set(statement, STMT_ATTR_ARRAY_SIZE, &rows);
  mysql_stmt_bind_param(statement, binds);
  execute();
}

static void openCursor(const char *prefetch) {
  unsigned long type = CURSOR_TYPE_READ_ONLY, rows = strtoul(prefetch, NULL, 10);
  mysql_stmt_attr_set(statement, STMT_ATTR_CURSOR_TYPE, &type);
  mysql_stmt_attr_set(statement, STMT_ATTR_PREFETCH_ROWS, &rows);
  if (mysql_stmt_execute(statement))
    report("cursor", mysql_stmt_errno(statement), mysql_stmt_error(statement));
}

static void play(char **fields, int count) {
  const char *step = fields[0], *first = count > 1 ? fields[1] : "";
  if (!strcmp(step, "query")) {
    if (mysql_real_query(connection, first, strlen(first)) == 0) readTextResults();
  } else if (!strcmp(step, "prepare")) {
    prepare(first);
  } else if (!strcmp(step, "execute")) {
    if (bindParameters(fields + 1, count - 1)) mysql_stmt_bind_param(statement, parameters.binds);
    execute();
  } else if (!strcmp(step, "again")) {  // other numbers, without the types, which the server already has
    bindParameters(fields + 1, count - 1);
    execute();
  } else if (!strcmp(step, "longData")) {
    unsigned long length;
    char *bytes = bytesFromHex(fields[2], &length);
    bindParameter(atoi(first), "b", "");
    mysql_stmt_bind_param(statement, parameters.binds);
    if (mysql_stmt_send_long_data(statement, atoi(first), bytes, length))
      report("long data", mysql_stmt_errno(statement), mysql_stmt_error(statement));
  } else if (!strcmp(step, "direct")) {
    executeDirect(first, fields + 2, count - 2);
  } else if (!strcmp(step, "bulk")) {
    executeBulk(first, fields + 2, count - 2);
  } else if (!strcmp(step, "cursor")) {
    openCursor(first);
  } else if (!strcmp(step, "fetch")) {
    for (int i = atoi(first); i > 0 && mysql_stmt_fetch(statement) == 0; i--) {}
    report("fetch", mysql_stmt_errno(statement), mysql_stmt_error(statement));
  } else if (!strcmp(step, "reset")) {
    mysql_stmt_reset(statement);
  } else if (!strcmp(step, "close")) {
    mysql_stmt_close(statement);
  } else if (!strcmp(step, "ping")) {
    mysql_ping(connection);
  } else if (!strcmp(step, "statistics")) {
    mysql_stat(connection);
  } else if (!strcmp(step, "useDatabase")) {
    mysql_select_db(connection, first);
  } else if (!strcmp(step, "resetConnection")) {
    mysql_reset_connection(connection);
  } else if (!strcmp(step, "changeUser")) {
    mysql_change_user(connection, first, fields[2], *fields[3] ? fields[3] : NULL);
  } else if (!strcmp(step, "setOption")) {
    mysql_set_server_option(connection, atoi(first));
  } else if (!strcmp(step, "wait")) {
    usleep(1000 * atoi(first));
  } else if (!strcmp(step, "leave")) {
    _exit(0);
  } else {
    fprintf(stderr, "no such step: %s\n", step);
    exit(2);
  }
  report(step, mysql_errno(connection), mysql_error(connection));
}

static void progress(const MYSQL *m, unsigned stage, unsigned stages, double percent, const char *info,
                     unsigned n) {
  (void)m;
  printf("progress: %u of %u, %.1f %%, %.*s\n", stage, stages, percent, (int)n, info);
}

// Returns what to add to the flags of the login.
static unsigned long apply(const char *option) {
  unsigned timeout = 20;
  mysql_options(connection, MYSQL_OPT_READ_TIMEOUT, &timeout);
  if (!strcmp(option, "multi")) return CLIENT_MULTI_STATEMENTS;
  if (!strcmp(option, "foundRows")) return CLIENT_FOUND_ROWS;
  if (!strcmp(option, "zone")) mysql_options(connection, MYSQL_INIT_COMMAND, "SET time_zone = '+00:00'");
  if (!strcmp(option, "localInfile")) {
    unsigned on = 1;
    mysql_options(connection, MYSQL_OPT_LOCAL_INFILE, &on);
  } else if (!strcmp(option, "compress")) {
    mysql_options(connection, MYSQL_OPT_COMPRESS, NULL);
  } else if (!strcmp(option, "progress")) {
    mysql_options(connection, MYSQL_PROGRESS_CALLBACK, (void *)progress);
  } else if (!strncmp(option, "plugin=", 7)) {
    mysql_options(connection, MYSQL_DEFAULT_AUTH, option + 7);
  } else if (!strncmp(option, "attribute=", 10)) {
    char *name = strdup(option + 10), *value = strchr(name, '=');
    *value++ = 0;
    mysql_options4(connection, MYSQL_OPT_CONNECT_ATTR_ADD, name, value);
  } else if (!strncmp(option, "from=", 5)) {
    mysql_options(connection, MYSQL_OPT_BIND, option + 5);
  } else if (!strncmp(option, "publicKey=", 10)) {
    mysql_options(connection, MYSQL_SERVER_PUBLIC_KEY, option + 10);
  }
  return 0;
}

int main(int argc, char **argv) {
  if (argc == 2) return puts(mysql_get_client_info()) < 0;
  if (argc < 6) return 2;
  connection = mysql_init(NULL);
  mysql_options(connection, MYSQL_SET_CHARSET_NAME, "utf8mb4");
  mysql_options(connection, MYSQL_OPT_CONNECT_ATTR_RESET, NULL);
  unsigned long flags = 0;
  for (int i = 6; i < argc; i++) flags |= apply(argv[i]);
  const char *database = *argv[5] ? argv[5] : NULL;
  if (!mysql_real_connect(connection, argv[1], argv[3], argv[4], database, atoi(argv[2]), NULL, flags)) {
    report("connect", mysql_errno(connection), mysql_error(connection));
    return 1;
  }
  char *line = NULL;
  size_t room = 0;
  while (getdelim(&line, &room, '\x1e', stdin) > 0) {
    char *fields[2 * maxParameters + 4], *rest = strdup(line);  // kept: bound parameters point into it
    int count = 0;
    for (char *field; (field = strsep(&rest, "\x1f")) && *field != '\x1e';) fields[count++] = field;
    if (count) play(fields, count);
  }
  mysql_close(connection);
  return 0;
}
