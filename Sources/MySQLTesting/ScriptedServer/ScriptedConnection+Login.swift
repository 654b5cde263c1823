import MySQLWire
import Synchronization

extension ScriptedConnection {
  /// Greets the client. The greeting is numbered as the first packet, whatever was sent before.
  public func sendGreeting(_ greeting: ServerGreeting = .mysql) throws(TestServerError) {
    try sendGreeting(greeting.message)
  }

  func sendGreeting(_ message: Greeting) throws(TestServerError) {
    state.withLock { state in
      state.sequence = 0
      state.offered = message.capabilities
    }
    try send { packets, _ in packets.write { message.write(to: &$0) } }
  }

  /// Reads the client's login, and sets `capabilities` to those that it and the greeting have in common.
  @discardableResult
  public func readLogin(timeout: Duration? = nil) throws(TestServerError) -> ClientLogin {
    let payload = try readPacket(timeout: timeout)
    let response: HandshakeResponse
    do {
      response = try HandshakeResponse(payload: payload)
    } catch {
      throw .malformed("login: \(error)")
    }
    let offered = state.withLock { $0.offered }
    agree(on: response.capabilities.intersection(offered ?? response.capabilities))
    return ClientLogin(response, isWhole: payload.count > HandshakeResponse.tlsRequestSize)
  }

  /// Greets the client, reads its login and accepts it, whatever the password.
  ///
  /// - Parameters:
  ///   - plugin: The method to switch to before the login is accepted. The client's first answer to that becomes the
  ///     login's `answer`; nothing more is asked of the client.
  ///   - info: The text of the OK that accepts the login.
  ///   - variables: The system variables that this OK reports.
  @discardableResult
  public func acceptLogin(
    _ greeting: ServerGreeting = .mysql, switchingTo plugin: String? = nil, timeout: Duration? = nil,
    info: String = "", variables: KeyValuePairs<String, String> = [:]
  ) throws(TestServerError) -> ClientLogin {
    try sendGreeting(greeting)
    var login = try readLogin(timeout: timeout)
    if login.asksForTLS { throw .malformed("the client asks for TLS, which was not offered") }
    if let plugin {
      try sendAuthSwitch(to: plugin, challenge: greeting.challenge)
      login.answer = try readPacket(timeout: timeout)
    }
    try sendOK(info: info, variables: variables)
    return login
  }

  /// Asks for another login method. The client answers with a packet.
  public func sendAuthSwitch(
    to plugin: String, challenge: [UInt8] = ServerGreeting.mysql.challenge
  ) throws(TestServerError) {
    let request = AuthSwitch(plugin: plugin, challenge: challenge)
    try send { packets, _ in packets.write { request.write(to: &$0) } }
  }

  /// Sends data of the current login method. For caching_sha2_password, `[3]` is followed by an OK, and `[4]` makes the
  /// client send the password.
  public func sendAuthMoreData(_ data: [UInt8]) throws(TestServerError) {
    try sendPacket([AuthMoreData.header] + data)
  }
}
