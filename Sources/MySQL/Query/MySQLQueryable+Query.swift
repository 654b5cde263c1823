import MySQLWire

extension MySQLQueryable {
  /// Runs a statement and streams its rows. Returns once the columns are known. Rows arrive as they are read:
  /// when the reader pauses, so does the server. If the statement returns several results, these are the rows
  /// of the first that has any; `results(of:)` returns all.
  ///
  /// A statement without values uses the text protocol: one round trip, and nothing is left at the server.
  /// One with values is prepared once for each text, and then executed each time it is run: one round trip
  /// each time, and another one the first time.
  ///
  /// - Parameters:
  ///   - fetchSize: How many rows to fetch at a time. The others wait at the server, which can do other work
  ///     for the connection's transaction meanwhile; each fetch is a round trip. The statement is prepared.
  ///   - options: Whether it is prepared without values too, attributes, the source of a LOAD DATA LOCAL.
  ///   - timeout: How long the server may take, and before that how long a connection may take to become
  ///     free; replaces the setting `queryTimeout`. After that, the statement is ended at the server.
  /// - Throws: `MySQLError` of the kind `server` if the server refuses, of `encoding` if a value cannot be
  ///   sent, of `misuse` if rows of an earlier query are unread, and of the kinds for a lost connection.
  public nonisolated(nonsending) func query(
    _ query: MySQLQuery, fetchSize: Int? = nil, options: MySQLQuery.Options = MySQLQuery.Options(),
    timeout: Duration? = nil, file: StaticString = #fileID, line: UInt = #line
  ) async throws(MySQLError) -> MySQLRows {
    let work = try query.work(options, fetchSize: fetchSize, timeout)
    let route = route
    var resends = 0
    while true {
      do throws(MySQLError) {
        return try await route.begin(work, options.localInfile, at: LeaseHolder(file, line)).rows()
      } catch {
        guard route.mayResend(work, after: error, &resends) else { throw error }
      }
    }
  }

  /// Runs a statement for its effect. Rows that it returns are read and dropped; if there are several
  /// results, the last counts.
  ///
  /// - Throws: As `query` does.
  @discardableResult
  public nonisolated(nonsending) func execute(
    _ query: MySQLQuery, options: MySQLQuery.Options = MySQLQuery.Options(), timeout: Duration? = nil,
    file: StaticString = #fileID, line: UInt = #line
  ) async throws(MySQLError) -> MySQLResult {
    let work = try query.work(options, timeout)
    let route = route
    var resends = 0
    while true {
      do throws(MySQLError) {
        let result = try await route.begin(work, options.localInfile, at: LeaseHolder(file, line))
          .lastResult()
        if case .transaction(let scope) = route.target { try scope.check() }
        return result
      } catch {
        guard route.mayResend(work, after: error, &resends) else { throw error }
      }
    }
  }

  /// Runs a CALL, or several statements in one text (which the setting `allowsMultipleStatements` must allow, and
  /// which takes no values), and returns each result in turn.
  ///
  /// - Throws: As `query` does. An error in a later statement is thrown when its turn comes.
  public nonisolated(nonsending) func results(
    of query: MySQLQuery, options: MySQLQuery.Options = MySQLQuery.Options(), timeout: Duration? = nil,
    file: StaticString = #fileID, line: UInt = #line
  ) async throws(MySQLError) -> MySQLResults {
    let work = try query.work(options, timeout)
    let route = route
    var resends = 0
    while true {
      do throws(MySQLError) {
        let response = try await route.begin(work, options.localInfile, at: LeaseHolder(file, line))
        let first = try await response.next()
        response.handOut()
        return MySQLResults(response, first: first)
      } catch {
        guard route.mayResend(work, after: error, &resends) else { throw error }
      }
    }
  }
}

extension MySQLQuery {
  /// Returns what to ask of the server.
  func work(
    _ options: Options, fetchSize: Int? = nil, _ timeout: Duration?
  ) throws(MySQLError) -> Work {
    try check()
    let isAsUsual = fetchSize == nil && timeout == nil && options.attributes.isEmpty
    if isAsUsual, work.isPrepared || !options.prepared { return .statement(work) }
    let special = StatementWork.Options(
      streams: streams, attributes: try options.attributes.checkedList, fetchSize: fetchSize,
      timeout: timeout?.nanoseconds)
    let isPrepared = work.isPrepared || options.prepared || fetchSize != nil
    return .statement(StatementWork(work.text, isPrepared: isPrepared, work.parameters, special))
  }
}

extension Response {
  /// Returns the rows of the first result that has any. To be called right after `begin`.
  @inline(__always)
  nonisolated(nonsending) func rows() async throws(MySQLError) -> MySQLRows {
    // Waits before it looks, because a look would hardly ever find anything so soon. Nobody may have looked before: the
    // wait ends for what is in the mailbox, not for what was taken out of it.
    try await firstArrival()
    while true {
      switch try arrived() {
      case .part(.columns(let columns)):
        handOut(isForOneResult: true)
        return MySQLRows(self, columns)
      case .part: continue
      case .end: return MySQLRows(self, ResultColumns([], format: .text))
      case .nothingYet: try await arrival()
      }
    }
  }
}
