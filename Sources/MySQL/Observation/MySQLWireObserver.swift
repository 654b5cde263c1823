/// An observer that sees the bytes of both directions without the encryption of TLS. They include whatever
/// the login sends, which must not be shown as it is.
package protocol MySQLWireObserver: MySQLObserver {
  /// Bytes have come from the server, or are about to go to it.
  @Sendable func passed(_ bytes: [UInt8], isFromServer: Bool)
}
