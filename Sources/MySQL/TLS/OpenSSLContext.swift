import Foundation

/// What connections with the same TLS settings share: certificates that were read, and sessions to resume.
final class OpenSSLContext: Sendable {
  let library: OpenSSL
  let settings: MySQLTLS
  let mode: MySQLTLS.Mode
  let sessions = TLSSessions()
  // OpenSSL allows several threads to make connections from a context that is no longer changed, and nothing changes
  // this one after the initializer.
  nonisolated(unsafe) let pointer: OpaquePointer

  /// Reads the files that the settings name.
  ///
  /// - Throws: `MySQLError` of the kind `configuration`, which names the option whose file cannot be used.
  init(_ library: OpenSSL, _ settings: MySQLTLS, _ mode: MySQLTLS.Mode) throws(MySQLError) {
    library.clearErrors()
    guard let pointer = library.contextNew(library.clientMethod()) else {
      throw MySQLError(.tls, "OpenSSL could not be set up: \(library.takeErrorText())")
    }
    self.library = library
    self.settings = settings
    self.mode = mode
    self.pointer = pointer
    restrict()
    try loadAuthorities()
    try loadClientCertificate()
  }

  deinit { library.contextFree(pointer) }

  /// Whether the server's certificate has to be issued by a trusted authority.
  var verifiesAuthority: Bool { mode == .verifyCA || mode == .verifyIdentity }

  /// Whether a completed handshake proves that the server is the one that the settings mean. A certificate by an
  /// authority that the settings name counts; one by any of the system's authorities does not, since anybody can have
  /// one, for a name of their own.
  var provesIdentity: Bool {
    settings.fingerprint != nil || mode == .verifyIdentity || mode == .verifyCA && settings.caFile != nil
  }

  private func restrict() {
    let oldest = settings.minimumVersion == .tls13 ? 0x304 : 0x303
    _ = library.contextControl(pointer, Control.setMinimumVersion, oldest, nil)
    // Writing may stop between records and continue with the bytes at another address. An idle connection keeps no
    // buffers, which saves 34 KiB.
    _ = library.contextControl(pointer, Control.setMode, 1 | 2 | 0x10, nil)
    let noRenegotiation: UInt = 1 << 30
    _ = library.contextSetOptions(pointer, noRenegotiation)
    // Without this, OpenSSL asks at the terminal for the passphrase of an encrypted key.
    library.contextSetPasswordCallback(pointer) { _, _, _, _ in 0 }
  }

  private func loadAuthorities() throws(MySQLError) {
    guard verifiesAuthority else { return }
    guard let file = settings.caFile else {
      _ = library.contextUseSystemAuthorities(pointer)
      return
    }
    library.clearErrors()
    guard library.contextLoadAuthorities(pointer, file, nil) == 1 else {
      throw unusable("ssl-ca", file, "holds no certificate in PEM")
    }
  }

  private func loadClientCertificate() throws(MySQLError) {
    guard let certificate = settings.certificateFile else {
      guard settings.keyFile == nil else {
        throw MySQLError(.configuration, "option ssl-key requires ssl-cert")
      }
      return
    }
    library.clearErrors()
    guard library.contextUseCertificateFile(pointer, certificate) == 1 else {
      throw unusable("ssl-cert", certificate, "holds no certificate in PEM")
    }
    let key = settings.keyFile ?? certificate
    guard library.contextUseKeyFile(pointer, key, pemFile) == 1 else {
      let reason =
        if library.takeErrors().contains(where: { $0.isKeyMismatch }) {
          "does not match the certificate in \(certificate)"
        } else if isEncrypted(key) {
          "is encrypted, and there is no option for its passphrase: write the key as it is, by openssl pkey, "
            + "into a file that nobody else may read"
        } else {
          "holds no private key in PEM"
        }
      throw unusable(settings.keyFile == nil ? "ssl-cert (there is no ssl-key)" : "ssl-key", key, reason)
    }
  }

  private func unusable(_ option: String, _ path: String, _ reason: String) -> MySQLError {
    let reason = FileManager.default.contents(atPath: path) == nil ? "cannot be read" : reason
    return MySQLError(.configuration, "the file of option \(option), \(path), \(reason)")
  }

  /// Whether the file holds an encrypted key. PKCS #8 says so in its first line, and the older form in a separate line.
  private func isEncrypted(_ path: String) -> Bool {
    let content = FileManager.default.contents(atPath: path) ?? Data()
    return content.firstRange(of: Data("ENCRYPTED".utf8)) != nil
  }

  private var pemFile: CInt { 1 }

  /// The numbers of operations that are macros in C.
  enum Control {
    static let setMode: CInt = 33
    static let setServerName: CInt = 55
    static let setMinimumVersion: CInt = 123
  }
}
