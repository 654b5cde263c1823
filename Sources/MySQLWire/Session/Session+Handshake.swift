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
    // Bytes behind the greeting came from whoever is in between: they would pass for the server's own
    // words once TLS runs.
    guard framer.queue.isEmpty else {
      errorBeforeTLS = try? errorAtFront()
      throw .bytesBeforeTLS
    }
    let request = response(to: greeting, plugin: "", answer: [])
    framer.sequence = output.write(sequence: framer.sequence) { request.writeTLSRequest(to: &$0) }
    phase = .startingTLS
    return .startTLS
  }

  /// What the waiting bytes say, if they are an error.
  private mutating func errorAtFront() throws(Violation) -> ErrorPacket? {
    guard let header = try framer.nextHeader(), framer.firstByte(behind: header) == ErrorPacket.header,
      let frame = try nextMessage()
    else { return nil }
    return try takeError(frame)
  }

  /// TLS runs: the login goes through it.
  package mutating func tlsStarted(verified: Bool) throws(Violation) {
    guard case .startingTLS = phase, let greeting else { preconditionFailure("no TLS was asked for") }
    do throws(Violation) {
      guard framer.queue.isEmpty else { throw .bytesBeforeTLS }
      // Of a unix socket it is certain who is at the other end, whatever the certificate.
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
      // MySQL closes the connection then; MariaDB goes on as the former user.
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

  /// A server that refuses this client as such says so right after its greeting, without reading the login,
  /// and then numbers the error as if there were none (MariaDB: "Proxy header is not accepted"). The error is
  /// the last that comes, so its sequence id does not matter.
  private mutating func acceptErrorOutOfTurn() throws(Violation) {
    guard !framer.isJoining, let header = try framer.nextHeader(),
      framer.firstByte(behind: header) == ErrorPacket.header
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

  /// Tells an HTTP, SSH or X Protocol server from a MySQL server by what has arrived of the first packet.
  private func refuseOtherProtocols() throws(Violation) {
    guard let header = try framer.nextHeader() else { return }
    // No greeting comes near 64 KiB.
    guard header.sequence == 0, header.length < 1 << 16 else { throw .notMySQL }
    switch framer.firstByte(behind: header) {
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

  /// What is claimed and not meant. TLS is never one of these: it is asked for or it is not.
  private var claims: Capabilities { settings.claims.subtracting(.tls) }

  private func response(to greeting: Greeting, plugin: String, answer: [UInt8]) -> HandshakeResponse {
    HandshakeResponse(
      capabilities: capabilities.union(claims), maxPacketSize: settings.maxPacketSize,
      collation: UInt8(truncatingIfNeeded: collation(settings).rawValue), user: settings.user, answer: answer,
      database: settings.database, plugin: plugin,
      attributes: settings.attributes)
  }

  /// The collation to ask for. MySQL 8.0 and later have a default of their own for utf8mb4; a greeting tells
  /// that it is the server's.
  func collation(_ settings: SessionSettings) -> Collation {
    if let wanted = settings.collation { return Collation(rawValue: UInt16(wanted)) }
    let newer = Collation.utf8mb4Unicode900
    return greeting.map { UInt16($0.collation) } == newer.rawValue ? newer : .utf8mb4
  }
}
