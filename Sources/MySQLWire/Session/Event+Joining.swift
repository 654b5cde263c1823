extension Event {
  /// Returns the event, with a large row in one piece.
  ///
  /// - Throws: If the row is malformed. The session does not notice this, so the caller has to close the connection.
  package consuming func joined() throws(Violation) -> Event {
    var event = consume self
    guard case .largeRow(var row) = event else { return event }
    // `row` is a copy. The event lets go of its own, so that the bytes are held only once.
    event = .needsInput
    return .rows(try row.join())
  }
}
