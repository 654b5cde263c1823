import MySQL

/// Statements that are sent together.
struct RestoreBatch: Sendable {
  /// The size at which it is sent.
  private static let fullSize = 512 << 10

  private var text: [UInt8] = []
  private var statements: [(range: Range<Int>, line: Int)] = []

  var isEmpty: Bool { statements.isEmpty }
  var isFull: Bool { text.count >= Self.fullSize }

  func hasRoom(for statement: DumpReader.Statement) -> Bool {
    isEmpty || text.count + statement.text.count < Self.fullSize
  }

  mutating func append(_ statement: DumpReader.Statement) {
    if !isEmpty { text += [UInt8(ascii: ";"), UInt8(ascii: "\n")] }
    statements.append((text.count..<text.count + statement.text.count, statement.line))
    text += statement.text
  }

  /// The failure of a run that Ctrl-C stops before these statements.
  var stopped: RestoreFailure { RestoreFailure(text[...], line: statements.first?.line ?? 0, nil) }

  /// Runs the statements. Returns the first failure, after which the server runs none.
  func run(on connection: MySQLConnection) async -> RestoreFailure? {
    var done = 0
    do throws(MySQLError) {
      let answer = try await connection.answer(to: text)
      while let part = try await answer.next() { if case .done = part { done += 1 } }
      return nil
    } catch {
      // A statement of comments alone.
      if error.server?.code.rawValue == 1065, statements.count == 1 { return nil }
      let failed = statements[min(done, statements.count - 1)]
      return RestoreFailure(text[failed.range], line: failed.line, error)
    }
  }
}
