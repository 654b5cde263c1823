/// The client's side of one connection's TLS, without any I/O: ciphertext in and out, plaintext in and out.
/// It has one owner, and nothing here waits.
///
/// After every other call there may be ciphertext to send, even where there was an error: the server is told
/// of it by an alert.
protocol TLSEngine: ~Copyable, Sendable {
  /// Takes what came from the network.
  mutating func receive(_ ciphertext: UnsafeRawBufferPointer)

  /// Goes on with the handshake. Answers nil while that needs more from the network, and what came of it
  /// once it is done and the server has proved all that it has to. Before that nothing may be written.
  mutating func handshake() throws(TLSFailure) -> MySQLTLSInfo?

  /// Decrypts as much as there is room for. Less than that, or nothing, means that the rest of a record has
  /// yet to come.
  mutating func read(into plaintext: UnsafeMutableRawBufferPointer) throws(TLSFailure) -> TLSArrival

  /// Encrypts all of it.
  mutating func write(_ plaintext: UnsafeRawBufferPointer) throws(TLSFailure)

  /// Says goodbye, where that can still be said.
  mutating func close()

  /// The ciphertext that is to be sent, which is then the caller's.
  mutating func takeCiphertext() -> [UInt8]
}

/// What decrypting brought.
enum TLSArrival {
  case bytes(Int)
  /// The server has said that nothing more comes.
  case end
}

/// Why there can be no TLS, or no more of it.
enum TLSFailure: Error, Equatable {
  case certificate(CertificateFault)
  /// The certificate is another than the one that the settings name.
  case wrongFingerprint(MySQLFingerprint)
  /// The server broke the connection off with this alert.
  case alert(UInt8)
  /// The two sides have no version of TLS in common.
  case version
  /// What came is no TLS at all.
  case notTLS
  /// Anything else, in the words of the library.
  case library(String)

  /// What is wrong with a certificate. Texts from it are the server's, and made safe to print.
  enum CertificateFault: Equatable {
    case unknownAuthority
    case expired(subject: String, since: String)
    case notYetValid(subject: String, from: String)
    /// It is for these names, and not for the wanted one.
    case wrongName(wanted: String, found: String)
    case other(String)
  }
}
