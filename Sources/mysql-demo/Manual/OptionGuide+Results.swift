extension OptionGuide {
  static let ofResults = [
    OptionSection(
      title: "How to show results",
      entries: [
        .init("table", "t", about: "a table"),
        .init("vertical", "E", about: "a line for each cell"),
        .init("auto-vertical-output", about: "a line for each cell of results wider than the terminal"),
        .init("html", "H", about: "HTML"),
        .init("xml", "X", about: "XML"),
        .init(
          "format", nil, "FORMAT", of: ResultFormat.allCases.map(\.rawValue), about: "any of the formats"),
        .init("column-names", about: "the names of columns (the default)"),
        .init("skip-column-names", "N", about: "no names of columns"),
        .init("column-type-info", about: "what the server says of each column, before a table"),
        .init("raw", "r", about: "escape nothing (with -B)"),
        .init("binary-as-hex", about: "bytes as hexadecimal numbers"),
        .init("quick", "q", about: "write rows as they arrive; columns are as wide as they may be"),
        .init("quick-max-column-width", nil, "CELLS", about: "the widest column with -q"),
        .init("silent", "s", about: "print less; twice: no names of columns"),
        .init("unbuffered", "n", about: "write at once"),
        .init("verbose", "v", about: "each statement; -vv: and how many rows; -vvv: and how long it took"),
        .init("show-warnings", about: "warnings after each statement"),
        .init(
          "print-query-on-error", about: "the statement before its error (the default; --skip- leaves it out)"
        ),
        .init("line-numbers", about: "the number of the line in errors (always)"),
        .init("skip-line-numbers", "L", about: "without effect, as in the official command"),
        .init("default-character-set", nil, "SET", about: "the character set (the locale's)"),
        .init(
          "wire", nil, "FILE.html", optional: true,
          about: "every packet both ways, on standard error, or as a web page"),
        .init("skip-wire", about: "no packets, whatever an option file says"),
      ])
  ]
}
