extension MySQLQueryable {
  /// Calls a procedure, and collects everything it returns, including the OUT and INOUT parameters. For an
  /// OUT parameter, bind NULL:
  ///
  /// ```swift
  /// let call = try await connection.call("CALL price(\(article), \(MySQLValue.null), \(quantity))")
  /// guard let output = call.output else { return }
  /// let (price, left) = try output.decode((MySQLDecimal, Int).self)
  /// ```
  ///
  /// `results(of:)` streams the same: the rows whose `result` has `hasOutParameters` set are the parameters.
  ///
  /// - Throws: As `query` does.
  public func call(
    _ query: MySQLQuery, options: MySQLQuery.Options = MySQLQuery.Options(), timeout: Duration? = nil,
    file: StaticString = #fileID, line: UInt = #line
  ) async throws(MySQLError) -> MySQLResult.Call {
    var call = MySQLResult.Call()
    // The values of parameters come back by the binary protocol only.
    var options = options
    options.prepared = true
    let parts = try await results(
      of: query, options: options, timeout: timeout, file: file, line: line)
    for try await part in parts {
      switch part {
      case .done(let result): call.result = result
      case .rows(let rows):
        let collected = try await rows.collect()
        if rows.result?.hasOutParameters == true {
          call.output = collected.first
        } else {
          call.results.append(collected)
        }
      }
    }
    return call
  }
}
