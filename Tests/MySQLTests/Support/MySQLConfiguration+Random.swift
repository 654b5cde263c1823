import MySQL
import MySQLTesting

extension MySQLConfiguration {
  static func random(using random: inout SeededGenerator) -> Self {
    func maybe<Value>(_ value: (inout SeededGenerator) -> Value) -> Value? {
      Bool.random(using: &random) ? value(&random) : nil
    }
    func text(_ random: inout SeededGenerator) -> String {
      let pool: [Unicode.Scalar] =
        ["a", "Z", "0", "%", "&", "=", "@", ":", "/", "?", "#", "+", "[", ",", "\\", " "]
        + ["\n", "\u{7F}", "é", "\u{301}", "€", "𝄞"]
      var text = "x"
      for _ in 0..<Int.random(in: 0...8, using: &random) {
        if let scalar = pool.randomElement(using: &random) { text.unicodeScalars.append(scalar) }
      }
      return String(text.dropFirst(Bool.random(using: &random) && text.count > 1 ? 1 : 0))
    }
    func duration(_ random: inout SeededGenerator) -> Duration {
      let unit: [Duration] = [.nanoseconds(1), .microseconds(1), .milliseconds(1), .seconds(1), .seconds(60)]
      return (unit.randomElement(using: &random) ?? .seconds(1)) * Int.random(in: 1...500_000, using: &random)
    }
    let hosts = ["localhost", "db.example.com", "127.0.0.1", "::1", "fe80::1%eth0"]
    var settings = MySQLConfiguration(
      Bool.random(using: &random)
        ? .unixSocket(path: "/" + text(&random))
        : .tcp(
          host: hosts.randomElement(using: &random) ?? "", port: .random(in: 1 ... .max, using: &random)),
      user: maybe(text) ?? "", database: maybe(text))
    if Int.random(in: 0..<4, using: &random) == 0 {
      settings.endpoints = hosts.shuffled(using: &random).prefix(.random(in: 1...3, using: &random)).map {
        .tcp(host: $0, port: .random(in: 1 ... .max, using: &random))
      }
    }
    settings.target =
      [MySQLConfiguration.Target.any, .primary, .replica, .preferReplica].randomElement(using: &random)
      ?? .any
    settings.loadBalance =
      [MySQLConfiguration.LoadBalance.leastLeased, .roundRobin, .random].randomElement(using: &random)
      ?? .random
    settings.weights = maybe { [.random(in: 0...1000, using: &$0)] } ?? []
    settings.readYourWrites = .random(using: &random)
    settings.catchUpTimeout = maybe(duration) ?? .seconds(1)
    settings.tls.mode = maybe { MySQLTLS.Mode.allCases.randomElement(using: &$0) ?? .required }
    settings.pipelining = maybe { Bool.random(using: &$0) }
    settings.tls.caFile = maybe(text)
    settings.tls.certificateFile = maybe(text)
    settings.tls.keyFile = maybe(text)
    settings.tls.serverName = maybe(text)
    settings.tls.fingerprint =
      maybe { random in
        let digits = (0..<64).map { _ in "0123456789abcdef".randomElement(using: &random) ?? "0" }
        return MySQLTLS.Fingerprint(String(digits))
      } ?? nil
    settings.tls.minimumVersion = maybe { _ in .tls13 } ?? .tls12
    settings.publicKey = maybe { .pinned(path: text(&$0)) } ?? maybe { _ in .askServer } ?? .none
    settings.allowsClearPassword = .random(using: &random)
    settings.authenticationMethods = maybe { _ in [.cachingSHA2Password, .nativePassword, .clearPassword] }
    settings.connectTimeout = maybe(duration) ?? .seconds(10)
    settings.queryTimeout = maybe(duration)
    settings.tcpKeepAlive = maybe(duration)
    settings.collation = maybe { _ in "utf8mb4_0900_ai_ci" }
    settings.initCommands = (maybe { [text(&$0)] } ?? []) + (maybe { [text(&$0)] } ?? [])
    settings.programName = maybe(text) ?? maybe { _ in "" }
    settings.attributes = maybe { [text(&$0): text(&$0), "b": ""] } ?? [:]
    settings.countsMatchedRows = .random(using: &random)
    settings.allowsMultipleStatements = .random(using: &random)
    settings.allowsLocalInfile = .random(using: &random)
    settings.followsRedirection = .random(using: &random)
    settings.isInteractive = .random(using: &random)
    settings.maxAllowedPacket = maybe { .random(in: 1024...1 << 30, using: &$0) } ?? 1 << 30
    settings.statementCacheSize = maybe { .random(in: 0...1000, using: &$0) } ?? 256
    settings.eventLoops = maybe { .random(in: 1...16, using: &$0) }
    return settings
  }
}
