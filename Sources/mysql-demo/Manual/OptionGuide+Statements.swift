extension OptionGuide {
  static let ofStatements = [
    OptionSection(
      title: "What to run",
      entries: [
        .init("execute", "e", "STATEMENTS", about: "run them and exit"),
        .init("batch", "B", about: "tabs between cells; no questions, no terminal"),
        .init("force", "f", about: "go on after an error"),
        .init("abort-source-on-error", about: "let source end at its first error"),
        .init("delimiter", nil, "TEXT", about: "what ends a statement (;)"),
        .init("init-command", nil, "STATEMENT", about: "run it first"),
        .init("local-infile", about: "allow LOAD DATA LOCAL (the file that the statement names)"),
        .init("comments", "c", about: "send comments"),
        .init("max-allowed-packet", nil, "BYTES", about: "the longest packet that is accepted"),
      ]),
    OptionSection(
      title: "What not to run",
      entries: [
        .init("safe-updates", "U", about: "refuse UPDATE and DELETE without a key"),
        .init("i-am-a-dummy", "U", about: "the same"),
        .init("select-limit", nil, "ROWS", about: "with -U: how many rows a SELECT shows (1000)"),
        .init("max-join-size", nil, "ROWS", about: "with -U: how many rows a join may read (1000000)"),
        .init("one-database", "o", about: "skip statements while another database is in use"),
        .init("sandbox", about: "refuse source, system and tee"),
        .init("binary-mode", about: "accept any byte in a script, and only the commands delimiter and \\C"),
        .init("named-commands", "G", about: "read the client's commands on every line"),
        .init("ignore-spaces", "i", about: "allow spaces after the names of functions"),
        .init("sigint-ignore", about: "ignore Ctrl-C"),
      ]),
  ]
}
