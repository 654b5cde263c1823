extension MySQLError {
  /// Makes an error that says why TLS could not be used, and what to do about it.
  init(_ failure: TLSFailure, reach: Reach) {
    let text =
      switch failure {
      case .certificate(let fault): fault.text
      case .wrongFingerprint(let found):
        "the server's certificate is not the one that ssl-fingerprint names, but one with the SHA-256 \(found): "
          + "if it was renewed, change the option; if not, this may be another server"
      case .alert(let number): Self.text(ofAlert: number)
      case .version:
        "the server and the settings have no version of TLS in common: give the server TLS 1.2 or 1.3 (its "
          + "option tls_version), or check the option tls-version"
      case .notTLS:
        "the server did not reply with TLS after agreeing to it: is there a proxy in between?"
      case .library(let reason): "TLS failed: \(reason)"
      }
    self.init(.tls, text, reach: reach)
  }

  private static func text(ofAlert number: UInt8) -> String {
    switch number {
    case 40, 71:
      "the server refused TLS (handshake failure): the two sides have no cipher suite in common, or it wants a "
        + "client certificate, which ssl-cert and ssl-key name"
    case 116: "the server wants a client certificate: name it with ssl-cert and ssl-key"
    case 42...46, 48, 49, 51:
      "the server does not accept the client certificate (alert \(number)): check whether the certificate in "
        + "ssl-cert has expired, and whether the server trusts its authority"
    case 112: "the server has no certificate for the requested name (ssl-server-name)"
    default: "the server broke TLS off with alert \(number): its log may say why"
    }
  }
}

extension TLSFailure.CertificateFault {
  fileprivate var text: String {
    switch self {
    case .unknownAuthority:
      "the server's certificate is not from a trusted authority: name the file with its authority's "
        + "certificate as ssl-ca (MySQL makes itself one as ca.pem in its data folder), or the certificate "
        + "itself by ssl-fingerprint"
    case .expired(let subject, let since):
      "the certificate of '\(subject)' expired on \(since): renew it on the server, and check this "
        + "machine's clock"
    case .notYetValid(let subject, let from):
      "the certificate of '\(subject)' is valid only from \(from): check this machine's clock"
    case .wrongName(let wanted, let found):
      "the server's certificate is not for '\(wanted)' but for \(found): connect by one of its names, or name "
        + "one as ssl-server-name"
    case .other(let reason): "the server's certificate cannot be trusted: \(reason)"
    }
  }
}
