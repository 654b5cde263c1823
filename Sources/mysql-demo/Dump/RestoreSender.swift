import MySQL

/// Sends the statements of a dump to the server. Rows are sent in batches, and the next batch is read from the file
/// while the server runs the one before. Any other statement is run alone, since it may change how the next one is
/// read.
struct RestoreSender {
  private let connection: MySQLConnection
  private let interrupts: Interrupts
  private var batch = RestoreBatch()
  private var running: Task<RestoreFailure?, Never>?
  private(set) var failure: RestoreFailure?

  init(_ connection: MySQLConnection, _ interrupts: Interrupts) {
    self.connection = connection
    self.interrupts = interrupts
  }

  mutating func take(_ statement: DumpReader.Statement) async throws(RestoreFailure) {
    guard statement.storesRows else {
      try await send()
      batch.append(statement)
      try await finish()
      return
    }
    if !batch.hasRoom(for: statement) { try await send() }
    batch.append(statement)
    if batch.isFull { try await send() }
  }

  mutating func use(_ name: [UInt8], _ statement: DumpReader.Statement) async throws(RestoreFailure) {
    try await finish()
    do throws(MySQLError) {
      try await connection.useDatabase(bytes: name)
    } catch {
      throw RestoreFailure(statement.text, line: statement.line, error)
    }
  }

  /// Sends what is left, and waits until all of it has run.
  mutating func finish() async throws(RestoreFailure) {
    try await send()
    await settle()
    if let failure { throw failure }
  }

  /// Waits for what was sent.
  mutating func settle() async {
    guard let running else { return }
    self.running = nil
    let outcome = await running.value
    failure = failure ?? outcome
  }

  /// Sends the batch, once the one before has succeeded.
  private mutating func send() async throws(RestoreFailure) {
    guard !batch.isEmpty else { return }
    await settle()
    if let failure { throw failure }
    let (batch, connection, interrupts) = (batch, connection, interrupts)
    self.batch = RestoreBatch()
    if interrupts.isAsked { throw batch.stopped }
    running = Task.detached { await interrupts.during(connection) { await batch.run(on: connection) } }
  }
}
