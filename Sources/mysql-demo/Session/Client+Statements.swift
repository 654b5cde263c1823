import Foundation
import MySQL
import MySQLWire

extension Client {
  /// Runs a statement and writes its results. The statement is taken out of the buffer.
  func execute(_ pending: inout [UInt8], isVertical: Bool) async -> Outcome {
    let end = pending.lastIndex(where: characterSet.kind.isGraphic).map { $0 + 1 } ?? 0
    let statement = Array(pending[..<end])
    pending = []
    guard !statement.isEmpty else { return .goesOn }
    if isTerminal, !isConnected || connection.isClosed {
      output.write("The connection is gone. Connecting again.\n")
      guard await reconnect([]) == .goesOn, isConnected else { return .goesOn }
    }
    guard isConnected else { return reportNoConnection() }
    if arguments.verbosity > 0 { output.write(Self.framed(statement)) }
    var warnings = 0
    var rows: Int?
    let start = ContinuousClock().now
    // After its first result the official client has no statement to show any more, and amid rows it shows none.
    var shown: [UInt8]? = statement
    do throws(MySQLError) {
      let source = LoadFile.named(in: statement, isAllowed: connection.configuration.localInfile)
      let answer = try await connection.answer(to: statement, localInfile: source)
      var writer: (any ResultWriter)?
      do throws(MySQLError) {
        while let part = try await answer.next() {
          switch part {
          case .columns(let columns):
            shown = nil
            rows = 0
            output.hold()
            writer = ResultStart(
              columns: columns, writer: makeWriter(isVertical: isVertical), showsEmpty: format.showsEmpty)
          case .rows(let batch):
            rows = (rows ?? 0) + batch.count
            writer?.write(batch)
          case .done(let result, _):
            if case .database(let name)? = result.sessionChanges.first { database = name }
            writer?.end()
            writer = nil
            output.commit()
            shown = []
            warnings = result.warningCount
            writeSummary(of: result, rows: rows, since: start)
            rows = nil
            if arguments.isUnbuffered { output.flush() }
          }
        }
      } catch {
        output.drop()
        throw error
      }
    } catch {
      let file = error.kind == .localInfile ? LoadFile.path(in: statement) : nil
      let outcome = report(file.map { Failure(unreadable: $0) } ?? Failure(error), statement: shown)
      if outcome == .goesOn, showsWarnings, let code = error.server?.code {
        await printWarnings(beside: Int(code.rawValue))
      }
      return outcome
    }
    if showsWarnings || isTerminal, warnings > 0 { await printWarnings() }
    return output.isOpen ? .goesOn : .ends
  }

  private func makeWriter(isVertical: Bool) -> any ResultWriter {
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

  private var format: ResultFormat {
    if let format = arguments.format { return format }
    return arguments.isTable || arguments.silence == 0 || arguments.verbosity > 2 ? .table : .tab
  }

  /// Prints what `SHOW WARNINGS` has, unless that is only the error which was printed already.
  private func printWarnings(beside error: Int? = nil) async {
    do throws(MySQLError) {
      let rows = try await connection.query("SHOW WARNINGS").collect()
      if rows.count == 1, let error, rows[0][1].bytes == Array("\(error)".utf8) { return }
      for row in rows {
        output.write(row[0].bytes)
        output.write(" (Code ")
        output.write(row[1].bytes)
        output.write("): ")
        output.write(row[2].bytes)
        output.write("\n")
      }
    } catch {
      // Whatever is wrong shows with the next statement.
    }
  }
}

/// Begins a result only when there is a first row, if one without rows is to show nothing at all.
private struct ResultStart: ResultWriter {
  let columns: ResultColumns
  var writer: any ResultWriter
  let showsEmpty: Bool
  private var hasBegun = false

  init(columns: ResultColumns, writer: any ResultWriter, showsEmpty: Bool) {
    self.columns = columns
    self.writer = writer
    self.showsEmpty = showsEmpty
  }

  mutating func begin(_ columns: ResultColumns) {}

  mutating func write(_ batch: RowBatch) {
    guard batch.count > 0 else { return }
    start()
    writer.write(batch)
  }

  mutating func end() {
    if showsEmpty { start() }
    if hasBegun { writer.end() }
  }

  private mutating func start() {
    if !hasBegun { writer.begin(columns) }
    hasBegun = true
  }
}

extension ResultFormat {
  /// Whether a result without rows is written at all: the official client's formats do not.
  fileprivate var showsEmpty: Bool {
    switch self {
    case .tab, .table, .vertical: false
    case .json, .jsonl, .csv, .markdown: true
    }
  }
}
