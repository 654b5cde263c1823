/// A login under way, at connecting or by COM_CHANGE_USER.
struct Login {
  /// The method in use; nil until the server names one that this client does.
  var authenticator: (any Authenticator)?
  var settings: SessionSettings
  /// How many factors were asked for before.
  var factor = 0
  /// Limited, for MariaDB (10.4 and later) may switch the method several times: once for each that an account
  /// `IDENTIFIED VIA a OR b` has, until one fits, and the same method again if the account has it twice.
  var packets = 0
  /// How many bytes the packets had.
  var size = 0
  /// Whether this is COM_CHANGE_USER, so that success is a command's.
  var isChangeOfUser = false

  /// Begins with the wanted method, if the challenge was made for it and this client does it; else with an
  /// empty answer, upon which the server names the method that it wants. So too where the answer is longer
  /// than the packet can carry: the answer to a server that asks has a packet to itself.
  mutating func begin(
    challenge: [UInt8], madeFor offered: String, channel: Channel, answerLimit: Int
  ) throws(Violation) -> (plugin: String, answer: [UInt8]) {
    let plugin = settings.firstPlugin ?? offered
    // No answer of this method is ever refused or too long, so this never names the wanted method itself,
    // for which an empty answer would count as an empty password.
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
      // The account may want another method than the server's usual one. If not, the server asks for this
      // one by name, and is refused then.
      return anotherPlugin
    }
  }

  mutating func answer(_ request: AuthSwitch, channel: Channel) throws(Violation) -> [UInt8] {
    try start(request.plugin, challenge: request.challenge, channel: channel)
  }

  mutating func answer(_ next: AuthNextFactor, channel: Channel) throws(Violation) -> [UInt8] {
    guard factor < 2 else { throw .limitExceeded(.authenticationFactors) }
    factor += 1
    return try start(next.plugin, challenge: next.challenge, channel: channel)
  }

  private mutating func start(
    _ plugin: String, challenge: [UInt8], channel: Channel
  ) throws(Violation) -> [UInt8] {
    var method = try settings.plugins.authenticator(plugin, for: settings.account(factor: factor))
    let answer = try method.answer(challenge, channel: channel)
    authenticator = method
    return answer
  }
}
