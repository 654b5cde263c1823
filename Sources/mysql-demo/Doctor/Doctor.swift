import Foundation
import MySQL
import MySQLTesting
import MySQLWire

/// `mysql-demo doctor`: checks the way to a server step by step, and stops at the first step that fails.
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
      let offersTLS: Bool
      switch settings.endpoint {
      case .tcp(let host, let port): offersTLS = try checkNetwork(host, port)
      case .unixSocket(let path): offersTLS = try checkSocket(path)
      }
      try await checkLogin(tlsUse(isOffered: offersTLS))
    } catch {
      write("FAILED", error.problem)
      for advice in error.advice {
        output.write(text: "          \(advice.machine.rawValue): \(VisibleText.of(advice.text))\n")
      }
      return 1
    }
    output.write("All is well.\n")
    return 0
  }

  private func write(_ step: String, _ text: String) {
    let padding = String(repeating: " ", count: 10 - step.count)
    // Much of the text comes from the server, or from whatever is there.
    output.write(text: "\(step)\(padding)\(VisibleText.of(text))\n")
    output.flush()
  }

  /// Returns how the login will use TLS.
  private func tlsUse(isOffered: Bool) -> Diagnosis.TLSUse {
    let mode = settings.tls.effectiveMode(for: settings.endpoint)
    guard isOffered, mode != .disabled else { return .none }
    return settings.tls.certificateFile == nil ? .withoutCertificate : .withCertificate
  }

  /// - Returns: Whether the server offers TLS.
  private func checkNetwork(_ host: String, _ port: UInt16) throws(Diagnosis) -> Bool {
    let addresses: HostAddresses
    do throws(HostAddresses.Unresolved) {
      addresses = try HostAddresses(of: host, port: port)
    } catch {
      throw .unresolved(host, error.reason)
    }
    write("name", "\(host) is \(addresses.texts.joined(separator: ", "))")
    let probe = try connect(addresses, port)
    defer { probe.end() }
    return try checkGreeting(probe, port)
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

  private func checkGreeting(_ probe: Probe, _ port: UInt16) throws(Diagnosis) -> Bool {
    var words = probe.readFirstWords(seconds: patience)
    if words == nil {
      // A service that waits for the client to begin may answer this.
      probe.write("GET / HTTP/1.0\r\n\r\n")
      words = probe.read(seconds: patience)
      guard let words, case .other = FirstWords(words) else { throw .silent(port) }
    }
    guard let words, !words.isEmpty else { throw .hungUp(port) }
    switch FirstWords(words) {
    case .other(let what): throw .wrongService(what, port)
    case .refusal(let packet): throw refusal(packet)
    case .greeting(let greeting, let refusal):
      let offersTLS = try checkTLS(greeting)
      if let refusal { throw self.refusal(refusal) }
      return offersTLS
    }
  }

  /// Returns the diagnosis of a server that refuses before it has read a login.
  private func refusal(_ packet: ErrorPacket) -> Diagnosis {
    let server = MySQLServerError(
      code: MySQLErrorCode(rawValue: packet.code), sqlState: packet.sqlState ?? "", message: packet.message)
    return Diagnosis(
      login: MySQLError(.authentication, "", server: server), user: settings.user, hasPassword: hasPassword,
      tls: .none)
  }

  private func checkTLS(_ greeting: Greeting) throws(Diagnosis) -> Bool {
    // MySQL always has CLIENT_LONG_PASSWORD. Sphinx and Manticore do not.
    let product =
      greeting.isMariaDB ? "MariaDB " : greeting.capabilities.contains(.mysql) ? "MySQL " : ""
    let note = product.isEmpty ? " (neither MySQL nor MariaDB)" : ""
    write(
      "server",
      "\(product)\(Self.version(greeting))\(note), connection \(greeting.connectionID), login by "
        + greeting.plugin)
    let mode = settings.tls.effectiveMode(for: settings.endpoint)
    let isOffered = greeting.capabilities.contains(.tls)
    if !isOffered, mode != .disabled, mode != .preferred { throw .noTLS(mode.rawValue) }
    write("TLS", "the server \(isOffered ? "offers" : "does not offer") it; ssl-mode is \(mode.rawValue)")
    return isOffered
  }

  /// Returns the server's version. MariaDB 10 puts a prefix before its own, which old replicas take for MySQL's.
  private static func version(_ greeting: Greeting) -> String {
    let prefix = "5.5.5-"
    let isHidden = greeting.isMariaDB && greeting.serverVersion.hasPrefix(prefix)
    return isHidden ? String(greeting.serverVersion.dropFirst(prefix.count)) : greeting.serverVersion
  }

  /// - Returns: Whether the server offers TLS: always true, since a socket does not tell.
  private func checkSocket(_ path: String) throws(Diagnosis) -> Bool {
    if let number = FileAccess.failure(path, writes: true) {
      throw .noSocket(path, String(cString: strerror(number)))
    }
    write("socket", path)
    return true
  }

  private var hasPassword: Bool { settings.password.map { !$0.bytes.isEmpty } ?? false }

  private func checkLogin(_ tls: Diagnosis.TLSUse) async throws(Diagnosis) {
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
      throw Diagnosis(login: error, user: settings.user, hasPassword: hasPassword, tls: tls)
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
    do throws(MySQLError) {
      let account = try await Self.account(of: connection)
      write("login", "accepted" + (account.map { " as the account \($0)" } ?? ""))
      if let account, account.hasPrefix("''@"), !settings.user.isEmpty {
        output.write(text: "          This is the anonymous account, and not that of '\(settings.user)'.\n")
      }
    } catch {
      throw Diagnosis(afterLogin: error, user: settings.user)
    }
    if let database = settings.database {
      do throws(MySQLError) {
        try await connection.useDatabase(database)
      } catch {
        throw Diagnosis(database: error, name: database, user: settings.user)
      }
      write("database", "\(database) is there")
    }
    warnOfUnprovedServer(connection)
    do throws(MySQLError) {
      write("speed", try await roundTrips(connection))
    } catch {
      throw Diagnosis(afterLogin: error, user: settings.user)
    }
  }

  /// Warns if nothing proved the server's identity. TLS with any certificate keeps eavesdroppers out, but not an
  /// attacker that answers in the server's place.
  private func warnOfUnprovedServer(_ connection: MySQLConnection) {
    guard let tls = connection.server.tls, !tls.isVerified else { return }
    write(
      "WARNING", "TLS is on, but nothing proved that this is the server, and it may have got the password.")
    output.write(
      text: """
                  If you know that this is the server, make sure of it from now on: --ssl-fingerprint=\(tls.fingerprint)
                  (in a URL ssl-fingerprint=\(tls.fingerprint)), or use --ssl-mode=verify-identity

        """)
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

  /// Returns the account that accepts the user without a password, if it is an anonymous one.
  private func anonymousAccount(_ settings: MySQLConfiguration) async -> String? {
    var bare = settings
    bare.password = nil
    guard let connection = try? await MySQLConnection.connect(bare) else { return nil }
    let account = try? await Self.account(of: connection)
    await connection.close()
    return account.flatMap { $0.hasPrefix("''@") ? $0 : nil }
  }

  /// Returns the account of a connection, as SQL writes it; nil if the server has no accounts of this kind.
  ///
  /// - Throws: The error because of which no statement can be run at all.
  private static func account(of connection: MySQLConnection) async throws(MySQLError) -> String? {
    let rows: [MySQLRow]
    do throws(MySQLError) {
      rows = try await connection.query("SELECT CURRENT_USER()").collect()
    } catch {
      guard error.kind == .server, ![.sessionAborted, .mustChangePassword].contains(error.server?.code) else {
        throw error
      }
      return nil
    }
    guard let name = try? rows.first?.decode(String.self), let at = name.lastIndex(of: "@") else {
      return nil
    }
    return "\(String(name[..<at]).sqlString)@\(String(name[name.index(after: at)...]).sqlString)"
  }
}
