import MySQLWire
import Synchronization

extension ReplayPlayer {
  /// The capabilities that change the format of answers.
  private static let formats: Capabilities = [
    .deprecateEOF, .sessionTrack, .optionalMetadata, .mariadbExtendedMetadata, .mariadbCacheMetadata,
  ]

  /// Plays the login. Returns whether the client can go on.
  func logIn() throws(TestServerError) -> Bool {
    guard var greeting = recording.greeting else {
      try play(recording.login)
      return true
    }
    let optional = Self.formats.union([.tls, .compress, .zstd, .mariadbProgress, .localFiles])
    let needed = Self.formats.intersection(recording.capabilities).union(recording.needs)
    greeting.capabilities.subtract(optional.subtracting(recording.capabilities))
    try connection.sendGreeting(greeting)
    guard !recording.login.isEmpty else { return true }
    let login = try connection.readLogin()
    let missing = needed.subtracting(Capabilities(rawValue: login.capabilities))
    guard missing.isEmpty, !login.asksForTLS else {
      let mismatch = ReplayServer.Mismatch(
        connection: connection.index, expected: "a client that takes \(needed.names) and no TLS",
        received: login.asksForTLS ? "one that wants TLS" : "one without \(missing.names)")
      log.mismatches.withLock { $0.append(mismatch) }
      try connection.sendError(1043, state: "08S01", message: "not as recorded: \(mismatch)")
      return false
    }
    try play(Array(recording.login.dropFirst()))
    return true
  }
}

extension Capabilities {
  fileprivate var names: String {
    let known: [(Capabilities, String)] = [
      (.deprecateEOF, "CLIENT_DEPRECATE_EOF"), (.sessionTrack, "CLIENT_SESSION_TRACK"),
      (.optionalMetadata, "CLIENT_OPTIONAL_RESULTSET_METADATA"),
      (.mariadbExtendedMetadata, "MARIADB_CLIENT_EXTENDED_METADATA"),
      (.mariadbCacheMetadata, "MARIADB_CLIENT_CACHE_METADATA"),
      (.mariadbProgress, "MARIADB_CLIENT_PROGRESS"), (.localFiles, "CLIENT_LOCAL_FILES"),
    ]
    let names = known.filter { contains($0.0) }.map(\.1)
    return names.isEmpty ? "nothing special" : names.joined(separator: ", ")
  }
}
