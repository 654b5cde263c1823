/// A login in progress, for a new connection or by COM_CHANGE_USER.
struct Login {
  /// The method in use; nil until the server names one that this client supports.
  var authenticator: (any Authenticator)?
  var settings: SessionSettings
  /// The number of factors asked for before this one.
  var factor = 0
  /// The number of packets received. It is limited, because MariaDB (10.4 and later) may switch the method
  /// several times: once for each method of an account `IDENTIFIED VIA a OR b`, until one fits, and to the
  /// same method again if the account has it twice.
  var packets = 0
  /// The total size of the packets in bytes.
  var size = 0
  /// Whether this is COM_CHANGE_USER, so that success completes a command.
  var isChangeOfUser = false

  /// Begins with the wanted method, if the challenge was made for it and this client supports it. Otherwise
  /// begins with an empty answer, and the server then names the method that it wants. This also applies if
  /// the answer is longer than the packet can carry: when the server asks, the answer gets its own packet.
  mutating func begin(
    challenge: [UInt8], madeFor offered: String, channel: ChannelSecurity, answerLimit: Int
  ) throws(Violation) -> (plugin: String, answer: [UInt8]) {
    let plugin = settings.firstPlugin ?? offered
    // This method's answers are never refused or too long, so this never names the wanted method itself, for
    // which an empty answer would count as an empty password.
    let anotherPlugin = (CachingSHA2Password.name, [UInt8]())
    guard var method = try? settings.plugins.authenticator(plugin, for: settings.account(factor: 0)) else {
      return anotherPlugin
    }
    guard plugin == offered else { return (plugin, []) }
    do throws(Violation) {
      let answer = try method.answer(challenge, channel: channel)
      guard answer.count <= answerLimit else { return anotherPlugin }
      authenticator = method
      return (plugin, answer)
    } catch .authentication {
      // The account may want another method than the server's default. If not, the server asks for this one
      // by name, and the login is refused then.
      return anotherPlugin
    }
  }

  mutating func answer(_ request: AuthSwitch, channel: ChannelSecurity) throws(Violation) -> [UInt8] {
    try start(request.plugin, challenge: request.challenge, channel: channel)
  }

  mutating func answer(_ next: AuthNextFactor, channel: ChannelSecurity) throws(Violation) -> [UInt8] {
    guard factor < 2 else { throw .limitExceeded(.authenticationFactors) }
    factor += 1
    return try start(next.plugin, challenge: next.challenge, channel: channel)
  }

  private mutating func start(
    _ plugin: String, challenge: [UInt8], channel: ChannelSecurity
  ) throws(Violation) -> [UInt8] {
    var method = try settings.plugins.authenticator(plugin, for: settings.account(factor: factor))
    let answer = try method.answer(challenge, channel: channel)
    authenticator = method
    return answer
  }
}
