/// The meaning of the server's bytes. Each case holds at most one reference, so that an event fits into a register.
package enum Event: Sendable {
  /// All received bytes are used up.
  case needsInput
  /// The output asks for TLS: flush it, start TLS, and call `tlsStarted`.
  case startTLS
  /// The login succeeded.
  case ready(OKPacket)
  /// The connection phase failed, or the server closes the connection for a reason of its own. Nothing
  /// follows.
  indirect case closed(ErrorPacket)
  /// A command or one of its results is done, without rows.
  case ok(OKPacket)
  /// The command failed. If it had several results, the remaining ones are lost.
  indirect case failed(ErrorPacket)
  /// A result begins.
  case columns(ResultColumns)
  /// Some of its rows. If the block has the end of the result, these are the last, and no `rowsEnd` follows.
  case rows(RowBlock)
  /// One row that is too large to be delivered in one piece: see `joined()`.
  case largeRow(LargeRow)
  /// The rows have ended. `cursorExists` and `moreResults` in the status tell what follows.
  case rowsEnd(OKPacket)
  indirect case prepared(PreparedStatement)
  /// The server asks for the file that a LOAD DATA LOCAL names. Reply with `sendFile` and `endFile`. The name
  /// is only the server's claim, and no reason to open a file.
  case localInfile(name: [UInt8])
  indirect case statistics(String)
  indirect case progress(ProgressReport)
}
