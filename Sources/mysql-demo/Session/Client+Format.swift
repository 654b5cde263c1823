import Foundation

extension Client {
  /// Makes the writer of a result in the session's format.
  func makeWriter(isVertical: Bool, isEmpty: Bool, statement: [UInt8]) -> any ResultWriter {
    let options = arguments.results
    let (showsNames, isHex) = (arguments.showsNames, options.isHex)
    // With both -H and -X, the official command writes results without rows as XML.
    if isEmpty, options.isXML, !options.showsColumnTypes {
      return XMLDocument(output: results, statement: statement, isHex: isHex)
    }
    switch isVertical && !format.isMarkup ? .vertical : format {
    case .vertical where isTerminal: return TerminalTable(output: results, limit: 0, isHex: isHex)
    case .vertical: return Vertical(output: results, showsNames: showsNames, isHex: isHex)
    case .html: return HTMLTable(output: results, showsNames: showsNames, isHex: isHex)
    case .xml: return XMLDocument(output: results, statement: statement, isHex: isHex)
    case .table, .tab: return makeTable()
    case .json: return JSONObjects(output: results, isLines: false)
    case .jsonl: return JSONObjects(output: results, isLines: true)
    case .csv: return CommaSeparated(output: results, showsNames: arguments.showsNames)
    case .markdown: return Markdown(output: results)
    }
  }

  /// The format of results: the named one, or that of the official command.
  var format: ResultFormat {
    if let format = arguments.format { return format }
    if arguments.results.isHTML { return .html }
    if arguments.results.isXML { return .xml }
    if arguments.isVertical { return .vertical }
    return arguments.isTable || arguments.silence == 0 || arguments.verbosity > 2 ? .table : .tab
  }

  private func makeTable() -> any ResultWriter {
    let options = arguments.results
    let (showsNames, isHex) = (arguments.showsNames, options.isHex)
    var writer: any ResultWriter
    if format == .tab {
      writer = TabSeparated(
        output: results, showsNames: showsNames && arguments.silence < 2, isRaw: arguments.isRaw, isHex: isHex
      )
    } else if isTerminal {
      writer = TerminalTable(output: results, limit: Terminal.width, isHex: isHex)
    } else {
      writer = Table(
        output: results, showsNames: showsNames, characterSet: characterSet.kind, results: options)
    }
    if format == .table, options.showsColumnTypes {
      writer = ColumnTypeInfo(output: results, table: writer)
    }
    guard options.isVerticalIfWide, !isTerminal else { return writer }
    return VerticalIfWide(
      table: writer, vertical: Vertical(output: results, showsNames: showsNames, isHex: isHex),
      showsNames: showsNames, results: options, limit: Terminal.width(of: STDIN_FILENO) ?? 80)
  }

  /// Whether results without rows are written.
  var showsEmptyResults: Bool {
    format.isOurs || format == .xml || arguments.results.isXML && format == .html || arguments.results.isQuick
      || arguments.results.showsColumnTypes
  }
}
