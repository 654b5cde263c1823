/// mysql_clear_password: the password as is, for PAM and LDAP. It is sent only if the caller allows it, and
/// only to a server that has proved its identity.
package struct ClearPassword: Authenticator {
  package static var name: String { "mysql_clear_password" }

  private let account: Account

  package init(_ account: Account) { self.account = account }

  package func answer(
    _ challenge: [UInt8], channel: ChannelSecurity
  ) throws(Violation) -> [UInt8] {
    guard account.allowsClearPassword else { throw .authentication(.pluginNotAllowed(Self.name)) }
    guard channel.isTrusted else { throw .authentication(.insecureChannel(Self.name)) }
    return try account.terminatedPassword()
  }
}
