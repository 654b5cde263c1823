/// Whether commands may be sent before the answers to those before them are there. It saves round trips, and must
/// not change what the commands do.
struct Pipelining: Sendable {
  /// What the program says; nil where it leaves that to the library.
  var setting: Bool?
  var isEncrypted: Bool
  var serverVersion: String

  /// MySQL Router (9.7.4) mixes up commands that arrive together in clear text, and need not show that it is
  /// there. What it does inside TLS it cannot see, or does by itself.
  var keepsCommandsApart: Bool { setting ?? (isEncrypted && !serverVersion.hasSuffix("-router")) }

  /// Whether executions may follow each other. In a transaction they do not, unless the program says so: a
  /// deadlock ends it, and the rows after the one that failed would be kept outside of it.
  func suitsBatch(inTransaction: Bool) -> Bool { keepsCommandsApart && (setting == true || !inTransaction) }
}
