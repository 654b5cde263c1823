extension Client {
  /// Makes the writer of a result in the session's format.
  func makeWriter(isVertical: Bool) -> any ResultWriter {
    switch isVertical ? .vertical : format {
    case .vertical where isTerminal: TerminalTable(output: output, limit: 0)
    case .vertical: Vertical(output: output, showsNames: arguments.showsNames)
    case .table where isTerminal: TerminalTable(output: output, limit: Terminal.width)
    case .table: Table(output: output, showsNames: arguments.showsNames, characterSet: characterSet.kind)
    case .tab:
      TabSeparated(
        output: output, showsNames: arguments.showsNames && arguments.silence < 2, isRaw: arguments.isRaw)
    case .json: JSONObjects(output: output, isLines: false)
    case .jsonl: JSONObjects(output: output, isLines: true)
    case .csv: CommaSeparated(output: output, showsNames: arguments.showsNames)
    case .markdown: Markdown(output: output)
    }
  }

  /// The format of results: the named one, or that of the official command.
  var format: ResultFormat {
    if let format = arguments.format { return format }
    return arguments.isTable || arguments.silence == 0 || arguments.verbosity > 2 ? .table : .tab
  }
}
