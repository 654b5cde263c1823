extension OpenSSL {
  /// Remembers the certificate that failed, because OpenSSL has forgotten it by the time the handshake has failed.
  static let keepFaultyCertificate: VerifyCallback = { isGood, store in
    if isGood == 0, case .success(let library) = system,
      let connection = library.storeExtraData(store, library.connectionIndex()).map(OpaquePointer.init),
      let certificate = library.storeCertificate(store), library.getExtraData(connection, 0) == nil,
      library.certificateRetain(certificate) == 1
    {
      _ = library.setExtraData(connection, 0, UnsafeMutableRawPointer(certificate))
    }
    return isGood
  }

  /// Returns the certificate that was remembered. The caller frees it.
  func takeFaultyCertificate(of connection: OpaquePointer) -> OpaquePointer? {
    defer { _ = setExtraData(connection, 0, nil) }
    return getExtraData(connection, 0).map(OpaquePointer.init)
  }

  func fingerprint(of certificate: OpaquePointer) -> MySQLTLS.Fingerprint {
    MySQLTLS.Fingerprint(
      bytes: [UInt8](unsafeUninitializedCapacity: 64) { buffer, count in
        var size: CUnsignedInt = 0
        if let start = buffer.baseAddress { _ = certificateDigest(certificate, sha256(), start, &size) }
        count = Int(size)
      })
  }

  /// Returns what OpenSSL found wrong with the server's certificate, if anything.
  func certificateFault(
    of connection: OpaquePointer, _ wanted: TLSIdentity
  ) -> TLSFailure.CertificateFault? {
    let code = verifyResult(connection)
    guard code != 0 else { return nil }
    let certificate = takeFaultyCertificate(of: connection)
    defer { certificateFree(certificate) }
    switch code {
    case 2, 18, 19, 20, 21: return .unknownAuthority
    case 9: return .notYetValid(subject: subject(of: certificate), from: time(certificateStart(certificate)))
    case 10: return .expired(subject: subject(of: certificate), since: time(certificateEnd(certificate)))
    case 62, 64: return .wrongName(wanted: wanted.text, found: names(of: certificate))
    default: return .other(verifyText(code).map { String(cString: $0) } ?? "reason \(code)")
    }
  }

  /// Returns the names and addresses that a certificate is for, or its subject if it has none.
  private func names(of certificate: OpaquePointer?) -> String {
    let subjectAlternativeNames: CInt = 85
    let index = certificateExtensionIndex(certificate, subjectAlternativeNames, -1)
    guard index >= 0 else { return subject(of: certificate) }
    return printed { _ = printExtension($0, certificateExtension(certificate, index), 0, 0) }
  }

  private func subject(of certificate: OpaquePointer?) -> String {
    // XN_FLAG_ONELINE, which escapes whatever is not plain text.
    let oneLine: CUnsignedLong = 0x82_031F
    return printed { _ = printName($0, certificateSubject(certificate), 0, oneLine) }
  }

  private func time(_ time: Pointer) -> String { printed { _ = printTime($0, time) } }

  /// Returns what the closure prints, shortened and without anything that a terminal would act upon, since the text
  /// comes from a stranger.
  private func printed(_ body: (OpaquePointer) -> Void) -> String {
    guard let queue = queueNew(queueMethod()) else { return "" }
    defer { _ = queueFree(queue) }
    body(queue)
    let text = [UInt8](unsafeUninitializedCapacity: 300) { buffer, count in
      count = max(0, Int(queueRead(queue, buffer.baseAddress, CInt(buffer.count))))
    }
    return String(decoding: text.map { 0x20...0x7E ~= $0 ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
      + (queueCount(queue) > 0 ? "…" : "")
  }
}
