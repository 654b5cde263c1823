import MySQLWire

// Rows that stay at the server until they are fetched.
extension Exchange {
  /// Asks for the next rows of an open cursor; false if there are no more.
  func fetchMore(_ ok: OKPacket) throws(MySQLError) -> Bool {
    false
  }

  /// Sends what closes an open cursor; false if there is none.
  func closeCursor() -> Bool { false }

  /// Sends the parameters that are streams, and then executes the statement; false if there are none.
  func sendStreams() async throws(MySQLError) -> Bool { false }
}
