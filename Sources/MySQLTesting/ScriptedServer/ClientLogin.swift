import MySQLWire

/// The login of a client.
public struct ClientLogin: Sendable, Equatable {
  /// The user that logs in.
  public var user: String
  /// The initial database.
  public var database: String?
  /// The login method that the client begins with.
  public var plugin: String
  /// The answer to the challenge; to the last one, if the method was switched.
  public var answer: [UInt8]
  /// The CLIENT_ flags, with MariaDB's own from bit 32 on.
  public var capabilities: UInt64
  /// The low byte of the collation's id.
  public var collation: UInt8
  /// The connection attributes, by name.
  public var attributes: [String: String]
  /// Whether it asks for TLS instead of sending a login; TLS comes next. Everything except `capabilities` and
  /// `collation` is then empty.
  public var asksForTLS: Bool

  init(_ response: HandshakeResponse, isWhole: Bool) {
    user = String(decoding: response.user, as: UTF8.self)
    database = response.database.map { String(decoding: $0, as: UTF8.self) }
    plugin = response.plugin
    answer = response.answer
    capabilities = response.capabilities.rawValue
    collation = response.collation
    attributes = [:]
    for attribute in response.attributes {
      attributes[String(decoding: attribute.name, as: UTF8.self)] = String(
        decoding: attribute.value, as: UTF8.self)
    }
    asksForTLS = !isWhole
  }
}
