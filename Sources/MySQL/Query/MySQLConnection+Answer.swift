package import MySQLWire

extension MySQLConnection {
  /// Runs SQL in whatever character set the session has, and returns every part of the answer as it arrives,
  /// for programs that pass bytes on and do not look at values.
  ///
  /// - Throws: As `results(of:)` does.
  package func answer(
    to sql: [UInt8], localInfile: MySQLByteSource? = nil
  ) async throws(MySQLError) -> MySQLAnswer {
    let response = try await Response.begin(
      .command(.query(sql)), name: "query", on: self, localInfile: localInfile)
    response.handOut()
    return MySQLAnswer(response)
  }

  /// Uses the database whose name has exactly these bytes.
  ///
  /// - Throws: As `useDatabase(_:)` does.
  package func useDatabase(bytes name: [UInt8]) async throws(MySQLError) {
    _ = try await Response.begin(.command(.useDatabase(name)), name: "use", on: self).finish()
  }

  /// The server's state, as of its last answer.
  package var status: StatusFlags { channel.withSession { $0.status } }
}

/// The answer to a command, part by part.
package struct MySQLAnswer: Sendable {
  private let response: Response

  init(_ response: Response) { self.response = response }

  /// A part of an answer.
  package enum Part: Sendable {
    case columns(ResultColumns)
    case rows(RowBlock)
    /// The end of a result, with or without rows before it.
    case done(MySQLResult, hasMore: Bool)
  }

  /// Returns the next part, or nil after the last.
  ///
  /// - Throws: `MySQLError` of the statement whose turn it is, or if the connection fails.
  package nonisolated(nonsending) func next() async throws(MySQLError) -> Part? {
    switch try await response.next() {
    case .columns(let columns): .columns(columns)
    case .rows(let block): .rows(block)
    case .done(let result, let hasMore): .done(result, hasMore: hasMore)
    case nil: nil
    }
  }
}
