import MySQLWire

extension MySQLConnection {
  /// Runs a statement and streams its rows. Returns when the columns are known; rows arrive as they are
  /// read, and a reader that stops reading stops the server. If the statement brings several results, these
  /// are the rows of the first that has any; `queryMulti` gives all.
  ///
  /// A statement without values goes by the text protocol: one round trip, and nothing is left at the server.
  /// One with values is prepared, once for each text, and then executed as often as it is run: one round trip
  /// each time, and another for the first time.
  ///
  /// - Parameters:
  ///   - prepared: Whether the statement is prepared even without values. Of a FLOAT the rows then have all
  ///     digits.
  ///   - fetchSize: How many rows to fetch at a time. The others wait at the server, which is free to do other
  ///     things for the connection's transaction meanwhile; each fetch is a round trip. Implies `prepared`.
  ///   - attributes: What goes along with the statement.
  /// - Throws: `MySQLError` of the kind `server` if the server refuses, of `encoding` if a value cannot be sent,
  ///   of `misuse` if rows of an earlier query are unread, and those of a lost connection.
  public func query(
    _ query: MySQLQuery, prepared: Bool = false, fetchSize: Int? = nil,
    attributes: MySQLQueryAttributes = [:], localInfile: MySQLInfileSource? = nil
  ) async throws(MySQLError) -> MySQLRows {
    try await rows(of: begin(query, prepared, attributes, localInfile, fetchSize))
  }

  /// Runs a statement for its effect. Rows that it brings are read and dropped; of several results, the
  /// last counts.
  ///
  /// - Throws: As `query` does.
  @discardableResult
  public func execute(
    _ query: MySQLQuery, prepared: Bool = false, attributes: MySQLQueryAttributes = [:],
    localInfile: MySQLInfileSource? = nil
  ) async throws(MySQLError) -> MySQLResult {
    try await result(of: begin(query, prepared, attributes, localInfile))
  }

  /// Runs a CALL, or several statements in one text (which the setting `multiStatements` must allow, and which
  /// takes no values), and gives each result in turn.
  ///
  /// - Throws: As `query` does. An error in a later statement is thrown when its turn comes.
  public func queryMulti(
    _ query: MySQLQuery, prepared: Bool = false, attributes: MySQLQueryAttributes = [:],
    localInfile: MySQLInfileSource? = nil
  ) async throws(MySQLError) -> MySQLResults {
    let exchange = try await begin(query, prepared, attributes, localInfile)
    let first = try await exchange.next()
    exchange.handOut()
    return MySQLResults(exchange, first: first)
  }

  private func begin(
    _ query: MySQLQuery, _ prepared: Bool, _ attributes: MySQLQueryAttributes,
    _ localInfile: MySQLInfileSource?, _ fetchSize: Int? = nil
  ) async throws(MySQLError) -> Exchange {
    let parameters = try query.checkedParameters
    let attributes = try attributes.checkedList
    guard prepared || fetchSize != nil || parameters.count > 0 else {
      return try await Exchange.begin(
        .command(.query(Array(query.sql.utf8), attributes: attributes)), name: "query",
        statement: query.sql, on: self, localInfile: localInfile)
    }
    return try await begin(
      StatementRequest(
        query.sql, parameters, streams: query.streams, attributes: attributes, fetchSize: fetchSize),
      localInfile)
  }

  /// Begins a statement that is prepared.
  func begin(
    _ request: StatementRequest, _ localInfile: MySQLInfileSource? = nil
  ) async throws(MySQLError) -> Exchange {
    try await Exchange.begin(
      .statement(request), name: "query", statement: request.key.sql, on: self, localInfile: localInfile)
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
