import Foundation
import MySQLWire

extension SessionSettings {
  /// Makes the settings of a session that logs in as the configuration says, over TLS if that is available.
  init(_ configuration: MySQLConfiguration, hasTLS: Bool) throws(MySQLError) {
    var passwords = configuration.additionalPasswords.map(\.bytes)
    if configuration.password != nil || !passwords.isEmpty {
      passwords.insert(configuration.password?.bytes ?? [], at: 0)
    }
    self.init(
      user: Array(configuration.user.utf8), passwords: passwords,
      database: configuration.database.map { Array($0.utf8) })
    attributes = configuration.connectionAttributes
    collation = configuration.loginCollation
    if configuration.countsMatchedRows { capabilities.insert(.foundRows) }
    if configuration.allowsMultipleStatements { capabilities.insert(.multiStatements) }
    if configuration.allowsLocalInfile { capabilities.insert(.localFiles) }
    if configuration.isInteractive { capabilities.insert(.interactive) }
    limits.payload = configuration.maxAllowedPacket
    maxPacketSize = UInt32(clamping: configuration.maxAllowedPacket)
    if case .unixSocket = configuration.endpoint { channel = .unixSocket }
    allowsClearPassword = configuration.allowsClearPassword
    if let methods = configuration.authenticationMethods {
      plugins = AuthenticationPlugins(allowing: methods.map(\.rawValue))
    }
    publicKey = try configuration.publicKey.wire
    let mode = configuration.tls.effectiveMode(for: configuration.endpoint)
    tls = !hasTLS ? .never : mode == .preferred ? .ifOffered : .always
  }
}

extension MySQLConfiguration.PublicKeyPolicy {
  fileprivate var wire: Account.PublicKeyPolicy {
    get throws(MySQLError) {
      switch self {
      case .none: return .none
      case .askServer: return .askServer
      case .pinned(let path):
        guard let key = FileManager.default.contents(atPath: path) else {
          throw MySQLError(.configuration, "the server's public key cannot be read: \(path)")
        }
        return .pinned([UInt8](key))
      }
    }
  }
}

extension MySQLConfiguration {
  /// What the server's administrator sees of this client.
  fileprivate var connectionAttributes: [ConnectionAttribute] {
    guard programName != "" else { return Self.pairs(attributes) }
    if programName == nil, attributes.isEmpty { return Self.usualAttributes }
    return Self.pairs(attributes.merging(Self.ownAttributes(programName)) { $1 })
  }

  // Made once: it takes a tenth of the time of a login, and most connections keep the same.
  private static let usualAttributes = pairs(ownAttributes(nil))

  private static func ownAttributes(_ programName: String?) -> [String: String] {
    let process = ProcessInfo.processInfo
    return [
      "_client_name": "swift-mysql", "_pid": String(process.processIdentifier),
      "program_name": programName ?? process.processName,
    ]
  }

  private static func pairs(_ attributes: [String: String]) -> [ConnectionAttribute] {
    attributes.sorted { $0.key < $1.key }.map {
      ConnectionAttribute(name: Array($0.key.utf8), value: Array($0.value.utf8))
    }
  }
}
