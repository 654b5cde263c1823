extension Event {
  /// Returns the event, with a large row in one piece.
  ///
  /// - Throws: If the row is malformed. The session does not notice this, so the caller has to close the connection.
  package consuming func joined() throws(Violation) -> Event {
    guard case .largeRow(let row) = self else { return self }
    return .rows(try row.joined())
  }
}
