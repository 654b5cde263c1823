/// An observer that sees the bytes of both directions, as they are outside of any TLS. They hold whatever the
/// login sends: it must not be shown as it is.
package protocol MySQLWireObserver: MySQLObserver {
  /// Bytes have come from the server, or are about to go to it.
  @Sendable func passed(_ bytes: [UInt8], isFromServer: Bool)
}
