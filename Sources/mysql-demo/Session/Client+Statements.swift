import MySQL
import MySQLTesting
import MySQLWire

extension Client {
  /// Runs the pending statement and writes its results. Empties the buffer.
  func execute(_ pending: inout [UInt8], isVertical: Bool) async -> Outcome {
    let end = pending.lastIndex(where: characterSet.kind.isGraphic).map { $0 + 1 } ?? 0
    let statement = Array(pending[..<end])
    let written = arguments.verbosity > 0 ? statement : pending
    let isVertical = isVertical || arguments.isVertical
    guard !statement.isEmpty else {
      pending = []
      return .goesOn
    }
    if isTerminal, !isConnected || connection.isClosed {
      guard await reconnectIfAllowed() else {
        pending = []
        return .goesOn
      }
    }
    guard isConnected else {
      pending = []
      return reportNoConnection()
    }
    if passesOver(statement) { return .goesOn }
    pending = []
    if arguments.verbosity > 0 { output.write(Self.framed(statement)) }
    let files = connection.configuration.allowsLocalInfile ? LoadFile(statement, rules) : nil
    var progress = Progress(shown: statement)
    let makeWriter = { [self] (isEmpty: Bool) in
      startPager()
      return self.makeWriter(isVertical: isVertical, isEmpty: isEmpty, statement: written)
    }
    lastStatement = statement
    let error = await interrupts.during(connection) {
      await show(statement, files, makeWriter: makeWriter, &progress)
    }
    writeNotices()
    if let error {
      let unloaded = error.kind == .localInfile ? files?.failure : nil
      let outcome = report(unloaded ?? Failure(error), statement: progress.shown)
      if outcome == .goesOn, showsWarnings, let code = error.server?.code {
        await printWarnings(beside: Int(code.rawValue))
      }
      return outcome
    }
    if showsWarnings || isTerminal, progress.warnings > 0 { await printWarnings() }
    return output.isOpen ? .goesOn : .ends
  }

  /// Whether a statement is passed over, because another database is in use. It stays pending.
  private func passesOver(_ statement: [UInt8]) -> Bool {
    guard isInOtherDatabase, !statement.begins(with: Array("SET ".utf8), ignoringCase: true) else {
      return false
    }
    if arguments.verbosity > 0 { output.write(Self.framed(statement)) }
    if isTerminal { output.write("Ignoring query to other database\n") }
    return true
  }

  /// How much of the answer to a statement has arrived.
  private struct Progress {
    /// The statement as an error shows it. After the first result, the official client has no statement left to show;
    /// in the middle of rows, it shows none, and with `-q` an empty one.
    var shown: [UInt8]?
    var warnings = 0
  }

  /// Writes the results of a statement. Returns the error that it ends with.
  private func show(
    _ statement: [UInt8], _ files: LoadFile?, makeWriter: @escaping (_ isEmpty: Bool) -> any ResultWriter,
    _ progress: inout Progress
  ) async -> MySQLError? {
    var rows: Int?
    var writer: ResultStart?
    let start = ContinuousClock().now
    let line = StatementProgress(isShown: isTerminal)
    output.beforeWriting = { line.end() }
    defer {
      line.end()
      output.beforeWriting = nil
    }
    do throws(MySQLError) {
      let answer = try await connection.answer(to: statement, localInfile: files?.source)
      while let part = try await answer.next() {
        // The notice of what Ctrl-C did comes before its effects.
        await interrupts.settle()
        writeNotices()
        switch part {
        case .columns(let columns):
          progress.shown = arguments.results.isQuick ? [] : nil
          rows = 0
          writer = ResultStart(columns: columns, showsEmpty: showsEmptyResults, makeWriter: makeWriter)
          if arguments.results.isQuick { writer?.begin(columns) } else { output.hold() }
        case .rows(let block):
          rows = (rows ?? 0) + block.count
          line.note(rows: rows ?? 0)
          writer?.write(block)
        case .done(let result, _):
          if case .database(let name)? = result.sessionChanges.first { database = name }
          end(&writer)
          progress.shown = []
          progress.warnings = result.warningCount
          if rows == nil { lastInsertID = result.lastInsertID }
          writeSummary(of: result, rows: rows, since: start)
          rows = nil
          if arguments.isUnbuffered { output.flush() }
        }
      }
      return nil
    } catch {
      if arguments.results.isQuick, writer != nil {
        end(&writer)
        writeSummary(of: nil, rows: rows, since: start)
      } else {
        output.drop()
        endPager()
      }
      return error
    }
  }

  private func end(_ writer: inout ResultStart?) {
    writer?.end()
    writer = nil
    endPager()
    output.commit()
  }

  /// The rules by which the session currently reads strings.
  var rules: SQLTokenizer.Rules {
    SQLTokenizer.Rules(
      hasPlainBackslash: connection.status.contains(.noBackslashEscapes),
      hasQuotedNames: connection.status.contains(.ansiQuotes))
  }

  /// Prints the output of `SHOW WARNINGS`, unless that is only the error that was already printed.
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
      // If something is wrong, the next statement shows it.
    }
  }
}
