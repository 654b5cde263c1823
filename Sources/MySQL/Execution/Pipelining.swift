/// Decides whether a command may be sent before earlier ones have been answered. That saves round trips, and must not
/// change what the commands do.
struct Pipelining: Sendable {
  /// The program's choice; nil leaves it to the library.
  var setting: Bool?
  var isEncrypted: Bool
  var serverVersion: String

  /// Whether commands that arrive together are certainly kept apart. MySQL Router (9.7.4) mixes them up in clear text,
  /// and may not reveal that it is there. Inside TLS it either cannot see the commands, or terminates TLS itself.
  var keepsCommandsApart: Bool { setting ?? (isEncrypted && !serverVersion.hasSuffix("-router")) }

  /// Whether the executions of a batch may be pipelined. In a transaction they are not, unless the program says so: a
  /// deadlock ends the transaction, and the rows after the failed one would be kept outside of it.
  func suitsBatch(inTransaction: Bool) -> Bool { keepsCommandsApart && (setting == true || !inTransaction) }
}
