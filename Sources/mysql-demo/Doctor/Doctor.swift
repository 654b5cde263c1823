import Foundation
import MySQL
import MySQLWire

/// `mysql-demo doctor`: walks the way to a server step by step, and stops at the first that fails.
struct Doctor {
  let settings: MySQLConfiguration
  let output: OutputBuffer
  /// How long each step may take.
  private let patience: Int

  init(_ settings: MySQLConfiguration, patience: Int?, _ output: OutputBuffer) {
    self.settings = settings
    self.output = output
    self.patience = patience ?? 5
  }

  func run() async -> Int32 {
    defer { output.flush() }
    do throws(Diagnosis) {
      switch settings.endpoint {
      case .tcp(let host, let port): try checkNetwork(host, port)
      case .unixSocket(let path): try checkSocket(path)
      }
      try await checkLogin()
    } catch {
      write("FAILED", error.problem)
      for advice in error.advice {
        output.write(text: "          \(advice.machine.rawValue): \(advice.text)\n")
      }
      return 1
    }
    output.write("All is well.\n")
    return 0
  }

  private func write(_ step: String, _ text: String) {
    let padding = String(repeating: " ", count: 10 - step.count)
    output.write(text: "\(step)\(padding)\(text)\n")
    output.flush()
  }

  private func checkNetwork(_ host: String, _ port: UInt16) throws(Diagnosis) {
    let addresses: HostAddresses
    do throws(HostAddresses.Unresolved) {
      addresses = try HostAddresses(of: host, port: port)
    } catch {
      throw .unresolved(host, error.reason)
    }
    write("name", "\(host) is \(addresses.texts.joined(separator: ", "))")
    let probe = try connect(addresses, port)
    defer { probe.end() }
    try checkGreeting(probe, port)
  }

  private func connect(_ addresses: HostAddresses, _ port: UInt16) throws(Diagnosis) -> Probe {
    var failure: Diagnosis?
    for index in 0..<addresses.count {
      let place = addresses.texts[index]
      do throws(Probe.Failure) {
        let probe = try addresses.connect(index, seconds: patience)
        write("TCP", "\(place) accepts connections on port \(port)")
        return probe
      } catch {
        let found: Diagnosis =
          switch error {
          case .timedOut: .dropped(place, port, seconds: patience)
          case .system(ECONNREFUSED): .refused(place, port)
          case .system(let number): .unreachable(place, String(cString: strerror(number)))
          }
        if failure == nil { failure = found }
      }
    }
    throw failure ?? .unresolved("", "no addresses")
  }

  private func checkGreeting(_ probe: Probe, _ port: UInt16) throws(Diagnosis) {
    var words = probe.read(seconds: patience)
    if words == nil {
      // Who waits for the client to begin may answer to this.
      probe.write("GET / HTTP/1.0\r\n\r\n")
      words = probe.read(seconds: patience)
      guard let words, case .other = FirstWords(words) else { throw .silent(port) }
    }
    guard let words, !words.isEmpty else { throw .hungUp(port) }
    switch FirstWords(words) {
    case .other(let what): throw .wrongService(what, port)
    case .refusal(let packet):
      let server = MySQLServerError(
        code: MySQLErrorCode(rawValue: packet.code), sqlState: packet.sqlState ?? "", message: packet.message)
      throw Diagnosis(
        login: MySQLError(.authentication, "", server: server), user: settings.user, hasPassword: hasPassword)
    case .greeting(let greeting): try checkTLS(greeting)
    }
  }

  private func checkTLS(_ greeting: Greeting) throws(Diagnosis) {
    write(
      "server",
      "\(greeting.isMariaDB ? "MariaDB" : "MySQL") \(Self.version(greeting)), connection "
        + "\(greeting.connectionID), login by \(greeting.plugin)")
    let mode = settings.tls.effectiveMode(for: settings.endpoint)
    let isOffered = greeting.capabilities.contains(.tls)
    if !isOffered, mode != .disabled, mode != .preferred { throw .noTLS(mode.rawValue) }
    write("TLS", "the server \(isOffered ? "offers" : "does not offer") it; ssl-mode is \(mode.rawValue)")
  }

  /// MariaDB 10 hides behind a version that old replicas take for MySQL's.
  private static func version(_ greeting: Greeting) -> String {
    let prefix = "5.5.5-"
    let isHidden = greeting.isMariaDB && greeting.serverVersion.hasPrefix(prefix)
    return isHidden ? String(greeting.serverVersion.dropFirst(prefix.count)) : greeting.serverVersion
  }

  private func checkSocket(_ path: String) throws(Diagnosis) {
    if let number = FileAccess.failure(path, writes: true) {
      throw .noSocket(path, String(cString: strerror(number)))
    }
    write("socket", path)
  }

  private var hasPassword: Bool { settings.password.map { !$0.bytes.isEmpty } ?? false }

  private func checkLogin() async throws(Diagnosis) {
    var withoutDatabase = settings
    withoutDatabase.database = nil
    withoutDatabase.connectTimeout = .seconds(max(patience, 2))
    let connection: MySQLConnection
    do throws(MySQLError) {
      connection = try await MySQLConnection.connect(withoutDatabase)
    } catch {
      if case .connectionRefused = error.kind, case .unixSocket(let path) = settings.endpoint {
        throw .noSocket(path, "nothing listens there")
      }
      if error.server?.code == .accessDenied, let account = await anonymousAccount(withoutDatabase) {
        throw .anonymous(account, user: settings.user)
      }
      throw Diagnosis(login: error, user: settings.user, hasPassword: hasPassword)
    }
    do throws(Diagnosis) {
      try await check(connection)
    } catch {
      await connection.close()
      throw error
    }
    await connection.close()
  }

  private func check(_ connection: MySQLConnection) async throws(Diagnosis) {
    let account = await Self.account(of: connection) ?? "somebody"
    write("login", "accepted as the account \(account)")
    if account.hasPrefix("''@"), !settings.user.isEmpty {
      output.write(text: "          This is the anonymous account, and not that of '\(settings.user)'.\n")
    }
    do throws(MySQLError) {
      if let database = settings.database {
        try await connection.useDatabase(database)
        write("database", "\(database) is there")
      }
      write("speed", try await roundTrips(connection))
    } catch {
      throw Diagnosis(database: error, name: settings.database ?? "", user: settings.user)
    }
  }

  private func roundTrips(_ connection: MySQLConnection) async throws(MySQLError) -> String {
    var times: [Duration] = []
    for _ in 1...9 {
      let start = ContinuousClock().now
      try await connection.ping()
      times.append(ContinuousClock().now - start)
    }
    times.sort()
    return "a round trip takes \(Self.milliseconds(times[4])) ms (\(Self.milliseconds(times[0])) to "
      + "\(Self.milliseconds(times[8])))"
  }

  private static func milliseconds(_ time: Duration) -> String {
    String(
      format: "%.2f", Double(time.components.attoseconds) / 1e15 + Double(time.components.seconds) * 1000)
  }

  /// The account that takes the user in without a password, if it is an anonymous one.
  private func anonymousAccount(_ settings: MySQLConfiguration) async -> String? {
    var bare = settings
    bare.password = nil
    guard let connection = try? await MySQLConnection.connect(bare) else { return nil }
    let account = await Self.account(of: connection)
    await connection.close()
    return account.flatMap { $0.hasPrefix("''@") ? $0 : nil }
  }

  /// The account that a connection has, as SQL writes it.
  private static func account(of connection: MySQLConnection) async -> String? {
    let rows = try? await connection.query("SELECT CURRENT_USER()").collect()
    guard let name = try? rows?.first?.decode(String.self), let at = name.lastIndex(of: "@") else {
      return nil
    }
    return "'\(name[..<at])'@'\(name[name.index(after: at)...])'"
  }
}
