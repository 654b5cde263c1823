/// The results of a CALL.
public struct MySQLCallResult: Sendable {
  /// The rows of each result that the procedure selected.
  public internal(set) var results: [[MySQLRow]] = []
  /// The values of the OUT and INOUT parameters, in order; nil if there are none.
  public internal(set) var output: MySQLRow?
  /// The result of the CALL itself, such as how many rows its last statement changed.
  public internal(set) var result: MySQLResult?
}

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
  /// `queryMulti` streams the same: the rows whose `result` has `hasOutParameters` set are the parameters.
  ///
  /// - Throws: As `query` does.
  public func call(
    _ query: MySQLQuery, attributes: MySQLQueryAttributes = [:], timeout: Duration? = nil,
    file: StaticString = #fileID, line: UInt = #line
  ) async throws(MySQLError) -> MySQLCallResult {
    var call = MySQLCallResult()
    let parts = try await queryMulti(
      query, prepared: true, attributes: attributes, timeout: timeout, file: file, line: line)
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
