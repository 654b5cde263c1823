/// An observer that sees the bytes of both directions without the encryption of TLS. They include whatever
/// the login sends, which must not be shown as it is.
package protocol MySQLWireObserver: MySQLObserver {
  /// Returns the closure that gets the bytes of one more connection: those that have come from the server, and those
  /// that are about to go to it.
  func tap() -> @Sendable (_ bytes: [UInt8], _ isFromServer: Bool) -> Void
}
