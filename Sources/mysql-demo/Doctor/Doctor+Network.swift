import Foundation
import MySQL
import MySQLWire

extension Doctor {
  /// - Returns: Whether the server offers TLS.
  func checkNetwork(_ host: String, _ port: UInt16) throws(Diagnosis) -> Bool {
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
    let server = MySQLError.Server(
      code: MySQLError.Code(rawValue: packet.code), sqlState: packet.sqlState ?? "", message: packet.message)
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
}
