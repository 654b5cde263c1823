import MySQLWire

extension MySQLConnection {
  /// Runs a statement and streams its rows. Returns when the columns are known; rows arrive as they are
  /// read, and a reader that stops reading stops the server. If the statement brings several results, these
  /// are the rows of the first that has any; `queryMulti` gives all.
  ///
  /// The text protocol is used: one round trip, and nothing is left at the server.
  ///
  /// - Throws: `MySQLError` of the kind `server` if the server refuses, of `misuse` if rows of an earlier
  ///   query are unread, and those of a lost connection.
  public func query(
    _ query: MySQLQuery, localInfile: MySQLInfileSource? = nil
  ) async throws(MySQLError) -> MySQLRows {
    let exchange = try await begin(query, localInfile)
    while let part = try await exchange.next() {
      if case .columns(let columns) = part {
        exchange.handOut()
        return MySQLRows(RowSource(exchange, columns, isOnlyResult: true))
      }
    }
    return MySQLRows(RowSource(exchange, ColumnList(ResultColumns([], format: .text)), isOnlyResult: true))
  }

  /// Runs a statement for its effect. Rows that it brings are read and dropped; of several results, the
  /// last counts.
  ///
  /// - Throws: As `query(_:localInfile:)` does.
  @discardableResult
  public func execute(
    _ query: MySQLQuery, localInfile: MySQLInfileSource? = nil
  ) async throws(MySQLError) -> MySQLResult {
    let exchange = try await begin(query, localInfile)
    guard let result = try await exchange.finish() else {
      throw MySQLError(.protocolViolation, "the server's answer had no end", reach: .unknown)
    }
    return result
  }

  /// Runs a CALL, or several statements in one text (which the setting `multiStatements` must allow), and
  /// gives each result in turn.
  ///
  /// - Throws: As `query(_:localInfile:)` does. An error in a later statement is thrown when its turn comes.
  public func queryMulti(
    _ query: MySQLQuery, localInfile: MySQLInfileSource? = nil
  ) async throws(MySQLError) -> MySQLResults {
    let exchange = try await begin(query, localInfile)
    let first = try await exchange.next()
    exchange.handOut()
    return MySQLResults(exchange, first: first)
  }

  private func begin(
    _ query: MySQLQuery, _ localInfile: MySQLInfileSource?
  ) async throws(MySQLError) -> Exchange {
    try await Exchange.begin(
      .query(Array(query.sql.utf8)), name: "query", statement: query.sql, on: self, localInfile: localInfile)
  }
}
