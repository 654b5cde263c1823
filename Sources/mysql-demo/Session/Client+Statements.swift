import MySQL
import MySQLTesting
import MySQLWire

extension Client {
  /// Runs the pending statement and writes its results. Empties the buffer.
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
    let files = connection.configuration.allowsLocalInfile ? LoadFile(statement, rules) : nil
    var progress = Progress(shown: statement)
    let error = await interrupts.during(connection) {
      await show(statement, files, isVertical: isVertical, &progress)
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

  /// How much of the answer to a statement has arrived.
  private struct Progress {
    /// The statement as an error shows it. After the first result, the official client has no statement left to show;
    /// in the middle of rows, it shows none.
    var shown: [UInt8]?
    var warnings = 0
  }

  /// Writes the results of a statement. Returns the error that it ends with.
  private func show(
    _ statement: [UInt8], _ files: LoadFile?, isVertical: Bool, _ progress: inout Progress
  ) async -> MySQLError? {
    var rows: Int?
    var writer: (any ResultWriter)?
    let start = ContinuousClock().now
    do throws(MySQLError) {
      let answer = try await connection.answer(to: statement, localInfile: files?.source)
      while let part = try await answer.next() {
        // The notice of what Ctrl-C did comes before its effects.
        await interrupts.settle()
        writeNotices()
        switch part {
        case .columns(let columns):
          progress.shown = nil
          rows = 0
          output.hold()
          writer = ResultStart(
            columns: columns, writer: makeWriter(isVertical: isVertical), showsEmpty: format.isOurs)
        case .rows(let block):
          rows = (rows ?? 0) + block.count
          writer?.write(block)
        case .done(let result, _):
          if case .database(let name)? = result.sessionChanges.first { database = name }
          writer?.end()
          writer = nil
          output.commit()
          progress.shown = []
          progress.warnings = result.warningCount
          writeSummary(of: result, rows: rows, since: start)
          rows = nil
          if arguments.isUnbuffered { output.flush() }
        }
      }
      return nil
    } catch {
      output.drop()
      return error
    }
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
