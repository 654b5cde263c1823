import MySQLWire

extension MySQLConnection {
  /// Runs a statement and streams its rows. Returns when the columns are known; rows arrive as they are
  /// read, and a reader that stops reading stops the server. If the statement brings several results, these
  /// are the rows of the first that has any; `queryMulti` gives all.
  ///
  /// A statement without values goes by the text protocol: one round trip, and nothing is left at the server.
  /// One with values is prepared, once for each text, and then executed as often as it is run: one round trip
  /// each time, and another for the first time on MySQL.
  ///
  /// - Parameter prepared: Whether the statement is prepared even without values. Of a FLOAT the rows then have
  ///   all digits.
  /// - Throws: `MySQLError` of the kind `server` if the server refuses, of `encoding` if a value cannot be sent,
  ///   of `misuse` if rows of an earlier query are unread, and those of a lost connection.
  public func query(
    _ query: MySQLQuery, prepared: Bool = false, localInfile: MySQLInfileSource? = nil
  ) async throws(MySQLError) -> MySQLRows {
    try await rows(of: begin(query, prepared, localInfile))
  }

  /// Runs a statement for its effect. Rows that it brings are read and dropped; of several results, the
  /// last counts.
  ///
  /// - Throws: As `query(_:prepared:localInfile:)` does.
  @discardableResult
  public func execute(
    _ query: MySQLQuery, prepared: Bool = false, localInfile: MySQLInfileSource? = nil
  ) async throws(MySQLError) -> MySQLResult {
    try await result(of: begin(query, prepared, localInfile))
  }

  /// Runs a CALL, or several statements in one text (which the setting `multiStatements` must allow, and which
  /// takes no values), and gives each result in turn.
  ///
  /// - Throws: As `query(_:prepared:localInfile:)` does. An error in a later statement is thrown when its turn
  ///   comes.
  public func queryMulti(
    _ query: MySQLQuery, prepared: Bool = false, localInfile: MySQLInfileSource? = nil
  ) async throws(MySQLError) -> MySQLResults {
    let exchange = try await begin(query, prepared, localInfile)
    let first = try await exchange.next()
    exchange.handOut()
    return MySQLResults(exchange, first: first)
  }

  private func begin(
    _ query: MySQLQuery, _ prepared: Bool, _ localInfile: MySQLInfileSource?
  ) async throws(MySQLError) -> Exchange {
    let parameters = try query.checkedParameters
    guard prepared || parameters.count > 0 else {
      return try await Exchange.begin(
        .command(.query(Array(query.sql.utf8))), name: "query", statement: query.sql, on: self,
        localInfile: localInfile)
    }
    return try await begin(StatementRun(query.sql, parameters), localInfile)
  }

  /// Begins a statement that is prepared.
  func begin(
    _ run: StatementRun, _ localInfile: MySQLInfileSource? = nil
  ) async throws(MySQLError) -> Exchange {
    try await Exchange.begin(
      .statement(run), name: "query", statement: run.sql, on: self, localInfile: localInfile)
  }

  /// The rows of the first result that has any.
  func rows(of exchange: Exchange) async throws(MySQLError) -> MySQLRows {
    while let part = try await exchange.next() {
      if case .columns(let columns) = part {
        exchange.handOut()
        return MySQLRows(RowSource(exchange, columns, isOnlyResult: true))
      }
    }
    return MySQLRows(RowSource(exchange, ColumnList(ResultColumns([], format: .text)), isOnlyResult: true))
  }

  /// What the last result says.
  func result(of exchange: Exchange) async throws(MySQLError) -> MySQLResult {
    guard let result = try await exchange.finish() else {
      throw MySQLError(.protocolViolation, "the server's answer had no end", reach: .unknown)
    }
    return result
  }
}
