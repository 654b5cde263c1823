extension MySQLResult {
  /// The results of a CALL.
  public struct Call: Sendable {
    /// The rows of each result that the procedure selected.
    public internal(set) var results: [[MySQLRow]] = []
    /// The values of the OUT and INOUT parameters, in order; nil if there are none.
    public internal(set) var output: MySQLRow?
    /// The result of the CALL itself, such as how many rows its last statement changed.
    public internal(set) var result: MySQLResult?
  }
}
