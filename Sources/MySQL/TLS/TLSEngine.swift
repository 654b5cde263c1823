/// The client's side of one connection's TLS, without any I/O: ciphertext in and out, plaintext in and out.
/// It has one owner, and nothing here waits.
///
/// After any call but `takeCiphertext` there may be ciphertext to send, even if there was an error: an alert tells the
/// server about it.
protocol TLSEngine: ~Copyable, Sendable {
  /// Takes what came from the network.
  mutating func receive(_ ciphertext: UnsafeRawBufferPointer)

  /// Continues the handshake. Returns nil while that needs more from the network. Once it is done and the server has
  /// proved all that it has to, returns what was negotiated. Nothing may be written before that.
  mutating func handshake() throws(TLSFailure) -> MySQLTLS.Info?

  /// Decrypts as much as there is room for. Less than that, or nothing, means that the rest of a record has not arrived
  /// yet.
  mutating func read(into plaintext: UnsafeMutableRawBufferPointer) throws(TLSFailure) -> TLSArrival

  /// Encrypts all of it.
  mutating func write(_ plaintext: UnsafeRawBufferPointer) throws(TLSFailure)

  /// Says goodbye to the server, if that is still possible.
  mutating func close()

  /// Removes and returns the ciphertext that the caller has to send.
  mutating func takeCiphertext() -> [UInt8]
}

/// The result of decrypting.
enum TLSArrival {
  case bytes(Int)
  /// The server has said that nothing more will come.
  case end
}

/// Why TLS cannot begin, or cannot continue.
enum TLSFailure: Error, Equatable {
  case certificate(CertificateFault)
  /// The certificate is not the one that the settings name.
  case wrongFingerprint(MySQLTLS.Fingerprint)
  /// The server broke off the connection with this alert.
  case alert(UInt8)
  /// The two sides have no version of TLS in common.
  case version
  /// What arrived is not TLS at all.
  case notTLS
  /// Anything else, in the words of the library.
  case library(String)

  /// What is wrong with a certificate. Texts from the certificate are made safe to print.
  enum CertificateFault: Equatable {
    case unknownAuthority
    case expired(subject: String, since: String)
    case notYetValid(subject: String, from: String)
    /// The certificate is for these names, and not for the wanted one.
    case wrongName(wanted: String, found: String)
    case other(String)
  }
}
