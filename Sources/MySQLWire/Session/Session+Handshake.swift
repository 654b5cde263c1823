extension Session {
  mutating func receiveGreeting() throws(Violation) -> Event? {
    try refuseOtherProtocols()
    guard let packet = try framer.next() else { return .needsInput }
    if packet.payload.first == ErrorPacket.header {
      phase = .closed
      return .closed(try ErrorPacket(payload: packet.payload, limits: settings.limits))
    }
    let greeting = try Greeting(payload: packet.payload)
    self.greeting = greeting
    status = greeting.status
    challenge = greeting.challenge
    capabilities = negotiate(with: greeting)
    guard capabilities.contains(.tls) else {
      guard settings.tls != .always else { throw .missingCapability(.tls) }
      try logIn(greeting)
      return nil
    }
    // Bytes after the greeting came from someone in between. Once TLS runs, they would be mistaken for the server's.
    guard framer.queue.isEmpty else {
      errorBeforeTLS = try? errorAtFront()
      throw .bytesBeforeTLS
    }
    let request = SSLRequest(response(to: greeting, plugin: "", answer: []))
    framer.sequence = output.write(sequence: framer.sequence) { request.write(to: &$0) }
    phase = .startingTLS
    return .startTLS
  }

  /// Returns the error in the waiting bytes, if they are one.
  private mutating func errorAtFront() throws(Violation) -> ErrorPacket? {
    guard let header = try framer.nextHeader(), framer.firstByte(after: header) == ErrorPacket.header,
      let frame = try nextMessage()
    else { return nil }
    return try takeError(frame)
  }

  /// Continues the login after TLS has started.
  package mutating func tlsStarted(verified: Bool) throws(Violation) {
    guard case .startingTLS = phase, let greeting else { preconditionFailure("no TLS was asked for") }
    do throws(Violation) {
      guard framer.queue.isEmpty else { throw .bytesBeforeTLS }
      // With a unix socket the identity of the other end is certain, whatever the certificate.
      channel = .tls(verified: verified || channel.isTrusted)
      try logIn(greeting)
    } catch {
      phase = .poisoned(error)
      throw error
    }
  }

  mutating func receiveLogin(_ login: Login) throws(Violation) -> Event? {
    var login = login
    if !login.isChangeOfUser { try acceptErrorOutOfTurn() }
    guard let frame = try nextFrame(of: login) else { return .needsInput }
    guard let header = frame.header else { throw .truncated }
    login.packets += 1
    login.size += frame.count
    guard login.packets <= settings.limits.authenticationRounds else {
      throw .limitExceeded(.authenticationRounds)
    }
    let answer: [UInt8]?
    switch header {
    case OKPacket.header: return try finish(login, takeOK(frame))
    case ErrorPacket.header where login.isChangeOfUser:
      // MySQL then closes the connection; MariaDB continues as the previous user.
      return try receiveError(frame)
    case ErrorPacket.header: return close(try takeError(frame))
    case AuthSwitch.header where capabilities.contains(.pluginAuthentication):
      let request = try AuthSwitch(payload: takeBytes(frame))
      if request.challenge.count == 20 { challenge = request.challenge }
      answer = try login.answer(request, channel: channel)
    case AuthMoreData.header where login.authenticator != nil:
      answer = try login.authenticator?.receive(Array(takeBytes(frame).dropFirst()), channel: channel)
    case AuthNextFactor.header where capabilities.contains(.multiFactor):
      answer = try login.answer(AuthNextFactor(payload: takeBytes(frame)), channel: channel)
    default: throw .unexpectedPacket(.response, header: header)
    }
    if let answer { framer.sequence = output.write(sequence: framer.sequence) { $0.write(answer) } }
    phase = .login(login)
    return nil
  }

  private mutating func nextFrame(of login: Login) throws(Violation) -> PacketFramer.Frame? {
    let limit = min(settings.limits.loginMessage, settings.limits.login - login.size)
    do throws(Violation) {
      return try framer.nextFrame(upTo: limit)
    } catch .limitExceeded where login.authenticator?.isKeyAwaited == true {
      throw .authentication(.unusablePublicKey)
    }
  }

  /// Accepts an error with any sequence id. A server that refuses this client altogether sends the error
  /// right after its greeting, without reading the login, and numbers it as if there were no login (MariaDB:
  /// "Proxy header is not accepted"). The error is the last packet, so its sequence id does not matter.
  private mutating func acceptErrorOutOfTurn() throws(Violation) {
    guard !framer.isJoining, let header = try framer.nextHeader(),
      framer.firstByte(after: header) == ErrorPacket.header
    else { return }
    framer.sequence = header.sequence
  }

  private mutating func finish(_ login: Login, _ ok: OKPacket) throws(Violation) -> Event {
    phase = .commands
    if login.isChangeOfUser { return try completeCommand(ok) }
    status = ok.status
    framer.sequence = 0
    return .ready(ok)
  }

  /// Throws if the part of the first packet that has arrived comes from an HTTP, SSH or X Protocol server
  /// instead of a MySQL server.
  private func refuseOtherProtocols() throws(Violation) {
    guard let header = try framer.nextHeader() else { return }
    // No greeting comes near 64 KiB.
    guard header.sequence == 0, header.length < 1 << 16 else { throw .notMySQL }
    switch framer.firstByte(after: header) {
    case nil, 10, ErrorPacket.header: return
    case 9: throw .unsupportedProtocol(version: 9)
    default: throw .notMySQL
    }
  }

  private func negotiate(with greeting: Greeting) -> Capabilities {
    var wanted = settings.capabilities
    if settings.database == nil { wanted.remove(.connectWithDatabase) }
    if settings.tls == .never { wanted.remove(.tls) } else { wanted.insert(.tls) }
    return wanted.intersection(greeting.capabilities)
  }

  private mutating func logIn(_ greeting: Greeting) throws(Violation) {
    var login = Login(settings: settings)
    let (plugin, answer) = try login.begin(
      challenge: greeting.challenge, madeFor: greeting.plugin, channel: channel,
      answerLimit: capabilities.contains(.longAuthenticationData) ? .max : HandshakeResponse.shortAnswer)
    let response = response(to: greeting, plugin: plugin, answer: answer)
    framer.sequence = output.write(sequence: framer.sequence) { response.write(to: &$0) }
    phase = .login(login)
  }

  /// The capabilities that are claimed but not used. TLS is never one of them: it is either requested or not.
  private var claims: Capabilities { settings.claims.subtracting(.tls) }

  private func response(to greeting: Greeting, plugin: String, answer: [UInt8]) -> HandshakeResponse {
    HandshakeResponse(
      capabilities: capabilities.union(claims), maxPacketSize: settings.maxPacketSize,
      collation: UInt8(truncatingIfNeeded: collation(settings).rawValue), user: settings.user, answer: answer,
      database: settings.database, plugin: plugin,
      attributes: settings.attributes)
  }

  /// Returns the collation to request. MySQL 8.0 and later have a different default for utf8mb4, which is
  /// used if the greeting names it as the server's.
  func collation(_ settings: SessionSettings) -> Collation {
    if let wanted = settings.collation { return Collation(rawValue: UInt16(wanted)) }
    let newer = Collation.utf8mb4Unicode900
    return greeting.map { UInt16($0.collation) } == newer.rawValue ? newer : .utf8mb4
  }
}
