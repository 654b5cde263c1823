/// TLS by OpenSSL, over two queues in memory.
struct OpenSSLEngine: TLSEngine, ~Copyable {
  private let context: OpenSSLContext
  private let library: OpenSSL
  private let identity: TLSIdentity
  private let server: String
  // What these point to belongs to this value alone, which cannot be copied.
  nonisolated(unsafe) private let connection: OpaquePointer
  /// From the network. The connection owns both queues.
  nonisolated(unsafe) private let inbound: OpaquePointer
  /// To the network.
  nonisolated(unsafe) private let outbound: OpaquePointer
  /// Whether the handshake is done and nothing has gone wrong since.
  private var isOpen = false
  private var mustKeepSession = true

  /// Makes an engine for a handshake with a server that has to match `identity`. It resumes the server's last session
  /// if it can.
  static func make(
    _ context: OpenSSLContext, _ identity: TLSIdentity, server: String
  ) throws(TLSFailure) -> OpenSSLEngine {
    let engine = try OpenSSLEngine(context, identity, server)
    try engine.demandIdentity()
    engine.resumeSession()
    return engine
  }

  private init(
    _ context: OpenSSLContext, _ identity: TLSIdentity, _ server: String
  ) throws(TLSFailure) {
    let library = context.library
    library.clearErrors()
    let connection = library.new(context.pointer)
    let inbound = library.queueNew(library.queueMethod())
    let outbound = library.queueNew(library.queueMethod())
    guard let connection, let inbound, let outbound else {
      library.free(connection)
      _ = library.queueFree(inbound)
      _ = library.queueFree(outbound)
      throw .library(library.takeErrorText())
    }
    library.setQueues(connection, inbound, outbound)
    library.setConnectState(connection)
    self.context = context
    self.library = library
    self.identity = identity
    self.server = server
    (self.connection, self.inbound, self.outbound) = (connection, inbound, outbound)
  }

  deinit {
    library.certificateFree(library.takeFaultyCertificate(of: connection))
    library.free(connection)
  }

  func receive(_ ciphertext: UnsafeRawBufferPointer) {
    var rest = ciphertext
    while !rest.isEmpty {
      let count = library.queueWrite(inbound, rest.baseAddress, CInt(clamping: rest.count))
      // Only if there is no memory left; the missing bytes then break the next record.
      guard count > 0 else { return }
      rest = UnsafeRawBufferPointer(rebasing: rest[Int(count)...])
    }
  }

  mutating func handshake() throws(TLSFailure) -> MySQLTLS.Info? {
    library.clearErrors()
    let result = library.doHandshake(connection)
    guard result != 1 else {
      let info = try examinePeer()
      isOpen = true
      return info
    }
    guard library.getError(connection, result) == wantsMore else {
      // The resumed session may be what the server rejects.
      context.sessions[server] = nil
      throw failure()
    }
    return nil
  }

  mutating func read(into plaintext: UnsafeMutableRawBufferPointer) throws(TLSFailure) -> TLSArrival {
    var filled = 0
    while filled < plaintext.count {
      library.clearErrors()
      let room = UnsafeMutableRawBufferPointer(rebasing: plaintext[filled...])
      let count = library.read(connection, room.baseAddress, CInt(clamping: room.count))
      if count > 0 {
        filled += Int(count)
        continue
      }
      let error = library.getError(connection, count)
      // What was decrypted already comes first: the next call finds the end or the error again.
      if error == wantsMore || filled > 0 { break }
      isOpen = false
      guard error == hasEnded else { throw failure() }
      return .end
    }
    if filled > 0, mustKeepSession { keepSession() }
    return .bytes(filled)
  }

  mutating func write(_ plaintext: UnsafeRawBufferPointer) throws(TLSFailure) {
    var rest = plaintext
    while !rest.isEmpty {
      library.clearErrors()
      let count = library.write(connection, rest.baseAddress, CInt(clamping: rest.count))
      guard count > 0 else {
        isOpen = false
        throw failure()
      }
      rest = UnsafeRawBufferPointer(rebasing: rest[Int(count)...])
    }
  }

  mutating func close() {
    guard isOpen else { return }
    isOpen = false
    library.clearErrors()
    _ = library.shutdown(connection)
  }

  func takeCiphertext() -> [UInt8] {
    let waiting = library.queueCount(outbound)
    guard waiting > 0 else { return [] }
    return [UInt8](unsafeUninitializedCapacity: waiting) { [library, outbound] buffer, count in
      count = max(0, Int(library.queueRead(outbound, buffer.baseAddress, CInt(clamping: waiting))))
    }
  }

  private func demandIdentity() throws(TLSFailure) {
    if case .name(let name) = identity {
      // OpenSSL takes a copy.
      _ = name.withCString {
        library.control(
          connection, OpenSSLContext.Control.setServerName, 0, UnsafeMutableRawPointer(mutating: $0))
      }
    }
    guard context.verifiesAuthority else { return }
    library.setVerify(connection, 1, OpenSSL.keepFaultyCertificate)
    guard context.mode == .verifyIdentity else { return }
    let parameters = library.getParameters(connection)
    let noPartialWildcards: CUnsignedInt = 4
    library.parametersSetHostFlags(parameters, noPartialWildcards)
    let isSet =
      switch identity {
      // To OpenSSL, an empty name matches any, and one that begins with a dot matches all that end with it.
      case .name(let name) where name.isEmpty || name.hasPrefix("."): CInt(0)
      case .name(let name): library.parametersSetHost(parameters, name, name.utf8.count)
      case .address(let address): library.parametersSetAddress(parameters, address)
      }
    guard isSet == 1 else { throw .library("a certificate cannot be for '\(identity.text)'") }
  }

  /// Checks what OpenSSL did not check by itself. Nothing but the handshake has been sent yet.
  private func examinePeer() throws(TLSFailure) -> MySQLTLS.Info {
    if context.verifiesAuthority, library.verifyResult(connection) != 0 { throw failure() }
    guard let certificate = library.getPeerCertificate(connection) else {
      throw .library("the server has no certificate")
    }
    defer { library.certificateFree(certificate) }
    let fingerprint = library.fingerprint(of: certificate)
    if let wanted = context.settings.fingerprint, wanted != fingerprint {
      throw .wrongFingerprint(fingerprint)
    }
    let cipher = library.cipherName(library.getCipher(connection))
    return MySQLTLS.Info(
      version: library.getVersion(connection).map { String(cString: $0) } ?? "",
      cipher: cipher.map { String(cString: $0) } ?? "", fingerprint: fingerprint,
      isResumed: library.isSessionReused(connection) == 1, isVerified: context.provesIdentity)
  }

  private func failure() -> TLSFailure {
    if context.verifiesAuthority, let fault = library.certificateFault(of: connection, identity) {
      return .certificate(fault)
    }
    return library.takeFailure()
  }

  private func resumeSession() {
    guard let bytes = context.sessions[server] else { return }
    bytes.withUnsafeBufferPointer { buffer in
      var start = buffer.baseAddress
      guard let session = library.decodeSession(nil, &start, CLong(buffer.count)) else { return }
      _ = library.setSession(connection, session)
      library.sessionFree(session)
    }
  }

  /// Keeps the session for later connections. Servers send what is needed to resume it after the handshake, before
  /// anything else.
  private mutating func keepSession() {
    mustKeepSession = false
    guard let session = library.getSession(connection) else { return }
    defer { library.sessionFree(session) }
    guard library.isSessionResumable(session) == 1 else { return }
    let size = Int(library.encodeSession(session, nil))
    guard size > 0 else { return }
    context.sessions[server] = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      var end = buffer.baseAddress
      count = max(0, Int(library.encodeSession(session, &end)))
    }
  }

  /// SSL_ERROR_WANT_READ
  private var wantsMore: CInt { 2 }
  /// SSL_ERROR_ZERO_RETURN
  private var hasEnded: CInt { 6 }
}
