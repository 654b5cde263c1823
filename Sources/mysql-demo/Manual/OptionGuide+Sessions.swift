extension OptionGuide {
  static let ofSessions = [
    OptionSection(
      title: "At a terminal",
      entries: [
        .init("prompt", nil, "PATTERN", about: "the prompt, such as \\u@\\h [\\d]>"),
        .init(
          "pager", nil, "COMMAND", optional: true, about: "show results with it (PAGER of the environment)"),
        .init("tee", nil, "FILE", about: "append everything to it"),
        .init("auto-rehash", about: "read the names to complete by Tab (the default)"),
        .init("no-auto-rehash", "A", about: "do not read them: start at once"),
        .init(
          "reconnect",
          about: "connect again if the connection is lost (the default; --skip-reconnect: do not)"),
        .init("no-beep", "b", about: "do not beep (always)"),
      ]),
    OptionSection(
      title: "What bench does",
      entries: [
        .init("connections", nil, "NUMBER", about: "the most connections that the pool has (10)"),
        .init("tasks", nil, "NUMBER", about: "how many tasks use them (16)"),
        .init("duration", nil, "SECONDS", about: "how long to run (5)"),
      ]),
    OptionSection(
      title: "What dump does",
      entries: [
        .init("output", "o", "FILE", about: "write to this file, which appears when it is complete"),
        .init("databases", "B", about: "all names are databases"),
        .init("all-databases", "A", about: "all databases but the system's"),
        .init("no-data", "d", about: "no rows"),
        .init("no-create-info", "t", about: "nothing but rows"),
        .init("triggers", about: "--skip-triggers: without triggers"),
        .init("routines", "R", about: "also where tables are named; --skip-routines: without"),
        .init("events", "E", about: "also where tables are named; --skip-events: without"),
        .init("users", about: "accounts and their rights, too"),
        .init("where", "w", "CONDITION", about: "only these rows"),
        .init("ignore-table", nil, "DB.TABLE", about: "not this table"),
        .init("lock-all-tables", "x", about: "let nobody write during the dump"),
        .init("result-file", "r", "FILE", about: "the same as --output"),
        .init("single-transaction", about: "one snapshot (always)"),
        .init("hex-blob", about: "bytes as hexadecimal numbers (always)"),
      ]),
    OptionSection(
      title: "Where options come from",
      entries: [
        .init("defaults-file", nil, "FILE", about: "only this option file"),
        .init("defaults-extra-file", nil, "FILE", about: "this option file, too"),
        .init("defaults-group-suffix", nil, "TEXT", about: "also the groups whose names end with it"),
        .init("no-defaults", about: "no option files (/etc/my.cnf, /etc/mysql/my.cnf, ~/.my.cnf)"),
        .init("print-defaults", about: "print the options of the files and of the command line, and exit"),
        .init("help", "?", about: "this text (also -I)"),
        .init("version", "V", about: "the version"),
      ]),
    OptionSection(
      title: "Options of the official command that change nothing here",
      entries: [
        .init("compress", "C", about: "a warning: nothing is compressed"),
        .init("debug-check", about: "a warning"), .init("debug-info", "T", about: "a warning"),
        .init("progress-reports", about: "a warning"),
        .init("character-sets-dir", nil, "PATH", about: "a warning"),
        .init("default-auth", nil, "NAME", about: "a warning"),
        .init("net-buffer-length", nil, "BYTES", about: "a warning"),
        .init("plugin-dir", nil, "PATH", about: "a warning"),
        .init("server-arg", nil, "TEXT", about: "a warning"),
        .init("ssl-capath", nil, "PATH", about: "a warning"),
        .init("ssl-cipher", nil, "NAME", about: "a warning"),
        .init("ssl-crl", nil, "FILE", about: "a warning"),
        .init("ssl-crlpath", nil, "PATH", about: "a warning"),
        .init("secure-auth", about: "no login in the form of servers before 4.1 (always)"),
      ]),
  ]
}
