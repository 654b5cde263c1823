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
  public nonisolated(nonsending) func query(
    _ query: MySQLQuery, prepared: Bool = false, fetchSize: Int? = nil,
    attributes: MySQLQueryAttributes = [:], localInfile: MySQLInfileSource? = nil
  ) async throws(MySQLError) -> MySQLRows {
    try await rows(of: work(query, prepared, attributes, fetchSize), localInfile)
  }

  /// Runs a statement for its effect. Rows that it brings are read and dropped; of several results, the
  /// last counts.
  ///
  /// - Throws: As `query` does.
  @discardableResult
  public nonisolated(nonsending) func execute(
    _ query: MySQLQuery, prepared: Bool = false, attributes: MySQLQueryAttributes = [:],
    localInfile: MySQLInfileSource? = nil
  ) async throws(MySQLError) -> MySQLResult {
    try await result(of: work(query, prepared, attributes), localInfile)
  }

  /// Runs a CALL, or several statements in one text (which the setting `multiStatements` must allow, and which
  /// takes no values), and gives each result in turn.
  ///
  /// - Throws: As `query` does. An error in a later statement is thrown when its turn comes.
  public nonisolated(nonsending) func queryMulti(
    _ query: MySQLQuery, prepared: Bool = false, attributes: MySQLQueryAttributes = [:],
    localInfile: MySQLInfileSource? = nil
  ) async throws(MySQLError) -> MySQLResults {
    let response = try await begin(work(query, prepared, attributes), localInfile)
    let first = try await response.next()
    response.handOut()
    return MySQLResults(response, first: first)
  }

  private func work(
    _ query: MySQLQuery, _ prepared: Bool, _ attributes: MySQLQueryAttributes, _ fetchSize: Int? = nil
  ) throws(MySQLError) -> Work {
    let parameters = try query.checkedParameters
    var options: StatementWork.Options?
    if fetchSize != nil || !attributes.isEmpty || query.hasStreams {
      options = StatementWork.Options(
        streams: query.streams, attributes: try attributes.checkedList, fetchSize: fetchSize)
    }
    let isPrepared = prepared || fetchSize != nil || parameters.count > 0
    return .statement(StatementWork(query.sql, isPrepared: isPrepared, parameters, options))
  }

  @inline(__always)
  private nonisolated(nonsending) func begin(
    _ work: Work, _ localInfile: MySQLInfileSource?
  ) async throws(MySQLError) -> Response {
    if let response = try Response.beginNow(work, name: "query", on: self, localInfile: localInfile) {
      return response
    }
    return try await Response.begin(work, name: "query", on: self, localInfile: localInfile)
  }

  /// The rows of the first result that has any.
  nonisolated(nonsending) func rows(
    of work: Work, _ localInfile: MySQLInfileSource? = nil
  ) async throws(MySQLError) -> MySQLRows {
    let response = try await begin(work, localInfile)
    while true {
      switch try response.arrived() {
      case .part(.columns(let columns)):
        response.handOut(isForOneResult: true)
        return MySQLRows(response, columns)
      case .part: continue
      case .end: return MySQLRows(response, ResultColumns([], format: .text))
      case .nothingYet: try await response.arrival()
      }
    }
  }

  /// What the last result says.
  nonisolated(nonsending) func result(
    of work: Work, _ localInfile: MySQLInfileSource? = nil
  ) async throws(MySQLError) -> MySQLResult {
    let response = try await begin(work, localInfile)
    guard let result = try await response.finish() else {
      throw MySQLError(.protocolViolation, "the server's answer had no end", reach: .unknown)
    }
    return result
  }
}
