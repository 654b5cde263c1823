import MySQLWire

/// A source of the rows of a batch, one after the other.
protocol BatchRows {
  /// Writes the next row. Returns false if there is none.
  mutating func next(into writer: inout MySQLParameterWriter) async throws -> Bool
}

/// The execution of a statement with many rows: as many rows in one command as fit, if the server can do
/// that; otherwise one command for each row, with many in progress.
struct BatchExecution {
  private let response: Response
  private let statement: StatementCache.Statement
  private var command: Command
  private var row: MySQLParameterWriter
  /// Whether the row is not in a command yet.
  private var isRowHeld = false
  /// The rows that go into the next command.
  private var filled = 0..<0
  /// The rows that were sent and not answered, one range for each send.
  private var unanswered: [Range<Int>] = []
  private var result = MySQLResult.Batch()
  private var done: [Range<Int>] = []
  private var failure: MySQLError?

  /// The command that is being filled.
  private enum Command {
    /// One command. The next is sent once it is answered, so that nothing is executed after a failed row.
    case bulk(BulkRows, size: Int)
    /// Commands that are sent together.
    case single(ExecutionWindow, rows: Int)
  }

  // For one command with many rows: a larger size is not faster. For commands sent together: enough that the
  // server never waits.
  private static var bulkSize: Int { 1 << 20 }
  private static var windowSize: Int { 32 << 10 }
  private static var windowRows: Int { 256 }

  init(
    _ response: Response, _ statement: StatementCache.Statement, _ capabilities: Capabilities,
    bringsRows: Bool, bulkLimit: Int?
  ) {
    self.response = response
    self.statement = statement
    if let bulkLimit, statement.parameters > 0, !bringsRows {
      // Leaves room for the head of the command, in which the types may take 128 KiB.
      let size = bulkLimit - 16 - 2 * statement.parameters
      command = .bulk(BulkRows(), size: min(Self.bulkSize, size))
      row = MySQLParameterWriter(ParameterList(hasIndicators: true))
    } else {
      // Nothing can be queued after a command that may ask for a file, nor after one whose answer may
      // determine how the next one is read.
      let connection = response.connection
      let isAlone =
        !connection.pipelining.suitsBatch(inTransaction: connection.isInTransaction)
        || capabilities.contains(.localFiles)
        || (capabilities.contains(.mariadbCacheMetadata) && bringsRows)
      let rows = isAlone ? 1 : Self.windowRows
      command = .single(ExecutionWindow(of: statement.id, capabilities: capabilities), rows: rows)
      row = MySQLParameterWriter()
    }
  }

  /// Executes all rows, and completes the response. If the source fails, the rows before the failure are
  /// executed too.
  mutating func run(_ rows: inout some BatchRows) async throws -> MySQLResult.Batch {
    do {
      var sourceFailure: (any Error)?
      var isAtEnd = false
      while failure == nil, !isAtEnd {
        do {
          isAtEnd = try await !fill(&rows)
        } catch  where !Task.isCancelled {
          sourceFailure = error
          isAtEnd = true
        }
        try await readAnswers(downTo: maxUnanswered)
        if failure == nil, !filled.isEmpty { try send() }
      }
      try await readAnswers(downTo: 0)
      if failure == nil, let sourceFailure { throw sourceFailure }
    } catch {
      // First reads the answers to what was sent, if possible.
      while !response.isComplete, !unanswered.isEmpty { try? await readAnswers(downTo: 0) }
      let error = addingProgress(to: error)
      response.complete(error as? MySQLError)
      throw error
    }
    response.complete(failure)
    if let failure { throw failure }
    return result
  }

  /// How many sends may be unanswered before the next one.
  private var maxUnanswered: Int {
    if case .single(_, let rows) = command, rows > 1 { 1 } else { 0 }
  }

  /// Takes rows until the command is full. Returns false at the end of the rows.
  private mutating func fill(_ rows: inout some BatchRows) async throws -> Bool {
    while true {
      if !isRowHeld {
        row.list.removeAll()
        guard try await rows.next(into: &row) else {
          // Many sequences end when their task is cancelled, so these may not be all the rows.
          if Task.isCancelled { throw Self.cancelled }
          return false
        }
        try check()
      }
      isRowHeld = !append()
      if isRowHeld || isFull { return true }
    }
  }

  private func check() throws(MySQLError) {
    guard row.list.count == statement.parameters else {
      throw MySQLError(
        .encoding,
        "the statement has \(statement.parameters) placeholders, and row \(filled.upperBound) has "
          + "\(row.list.count) values")
    }
    let most = response.connection.configuration.maxAllowedPacket
    guard row.list.size <= most else {
      throw MySQLError(
        .encoding,
        "row \(filled.upperBound) has \(row.list.size) bytes, and the setting max-allowed-packet allows \(most)"
      )
    }
  }

  /// Adds the row to the command. Returns false if the row must go into the next command.
  private mutating func append() -> Bool {
    switch command {
    case .bulk(var bulk, let size):
      guard bulk.count == 0 || bulk.size + row.list.size <= size else { return false }
      // The enum must not keep a second reference: appending would then copy the content.
      command = .bulk(BulkRows(), size: size)
      let isTaken = bulk.append(row.list)
      command = .bulk(bulk, size: size)
      guard isTaken else { return false }
    case .single(var batch, let rows):
      command = .single(ExecutionWindow(of: 0, capabilities: []), rows: rows)
      batch.append(row.list)
      command = .single(batch, rows: rows)
    }
    filled = filled.lowerBound..<filled.upperBound + 1
    return true
  }

  private var isFull: Bool {
    switch command {
    case .bulk(let bulk, let size): bulk.size >= size
    case .single(let batch, let rows): batch.count >= rows || batch.size >= Self.windowSize
    }
  }

  private mutating func send() throws(MySQLError) {
    unanswered.append(filled)
    filled = filled.upperBound..<filled.upperBound
    switch command {
    case .bulk(var bulk, let size):
      let execution = bulk.execution(of: statement.id)
      try response.sendWithinBatch { (session) throws(Misuse) in
        try session.send(.executeBulk(execution))
      }
      bulk.removeAll()
      command = .bulk(bulk, size: size)
    case .single(var batch, let rows):
      let columns = response.lentColumns
      try response.sendWithinBatch { [batch] (session) throws(Misuse) in
        try session.send(batch, columns: columns)
      }
      batch.removeAll()
      command = .single(batch, rows: rows)
    }
  }

  /// Reads answers until at most `most` sends are unanswered.
  private mutating func readAnswers(downTo most: Int) async throws(MySQLError) {
    while unanswered.count > most {
      let rows = unanswered[0]
      if case .bulk = command {
        let answer = try await response.nextReply()
        unanswered.removeFirst()
        note(answer, of: rows)
        guard case .failed = answer else { continue }
        failure?.batch?.unknownRows = rows
        if let row = try await response.failedRow(), row < rows.count {
          failure?.batch?.failedRows = rows.lowerBound + row..<rows.lowerBound + row + 1
          failure?.batch?.unknownRows = rows.lowerBound..<rows.lowerBound + row
        }
      } else {
        for row in rows {
          note(try await response.nextReply(), of: row..<row + 1)
          unanswered[0] = row + 1..<rows.upperBound
        }
        unanswered.removeFirst()
      }
    }
  }

  private mutating func note(_ answer: Response.BatchReply, of rows: Range<Int>) {
    switch answer {
    case .done(let ok):
      result.executedRows += rows.count
      result.affectedRows &+= ok.affectedRows
      result.warningCount += Int(ok.warnings)
      if let last = done.last, last.upperBound == rows.lowerBound {
        done[done.count - 1] = last.lowerBound..<rows.upperBound
      } else {
        done.append(rows)
      }
      failure?.batch?.completedRows = done
    case .failed(var error):
      guard failure == nil else { return }
      error.batch = MySQLError.BatchProgress(failedRows: rows, completedRows: done)
      failure = error
    }
  }

  /// Returns the error with how far the batch got.
  private func addingProgress(to error: any Error) -> any Error {
    // Many sequences throw when their task is cancelled.
    let known = error as? MySQLError
    guard var error = known ?? (Task.isCancelled ? Self.cancelled : nil) else { return error }
    let first = unanswered.first?.lowerBound ?? filled.lowerBound
    error.batch = MySQLError.BatchProgress(
      failedRows: first..<max(first + 1, filled.upperBound), completedRows: done,
      unknownRows: first..<filled.lowerBound)
    if error.reach == .notSent, !done.isEmpty || !unanswered.isEmpty { error.reach = .unknown }
    return error
  }

  static var cancelled: MySQLError {
    MySQLError(.cancelled, "the task was cancelled during a batch, before all rows were supplied")
  }
}
