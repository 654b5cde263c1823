/// A source of the parts of an answer: a response, or one that a test makes up.
protocol PartSource: AnyObject, Sendable {
  func arrived() throws(MySQLError) -> Response.Arrival
  /// Waits until something has arrived. May return before that, and is then to be called again.
  nonisolated(nonsending) func arrival() async throws(MySQLError)
  /// What the server said at the end of the one result that the answer is for.
  var result: MySQLResult? { get }
}

extension Response: PartSource {}
