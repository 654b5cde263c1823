import MySQL
import MySQLTesting

extension Doctor {
  /// Compares the servers that the settings name, by what each of them says. Returns whether they fit together.
  func compareServers() async -> Bool {
    let asked = settings.endpoints.indices.flatMap(addresses(ofEndpoint:))
    guard asked.count > 1 || settings.target != .any else { return true }
    let topology = await ask(asked)
    let findings = topology.findings
    let isWell = !findings.contains { $0.severity == .wrong }
    // A name may have an address of each family for the same server, which may not be able to say what it is.
    let isSingle = topology.members.isEmpty || topology.members.count == 1 && isWell
    if settings.endpoints.count == 1, settings.target == .any, isSingle { return true }
    output.write(text: "--- all servers\n\(topology.table)")
    write("target", settings.target.name)
    write("writes", Self.list(topology.writeTargets, isAny: settings.target == .any))
    write("reads", Self.list(topology.readTargets, isAny: settings.target == .any))
    for finding in findings {
      write(finding.severity.rawValue, (finding.place.map { "\($0): " } ?? "") + finding.problem)
      write(finding.advice)
    }
    if isWell { output.write("All is well.\n") }
    return isWell
  }

  private static func list(_ places: [String], isAny: Bool) -> String {
    if places.isEmpty { return "nowhere" }
    return (isAny && places.count > 1 ? "any of " : "") + places.joined(separator: ", ")
  }

  private typealias Asked = (server: Topology.Server, settings: MySQLConfiguration)

  private func ask(_ asked: [Asked]) async -> Topology {
    let replies = await withTaskGroup(of: (Int, Topology.Reply).self) { group in
      for (index, one) in asked.enumerated() {
        group.addTask { (index, await Self.ask(one.settings)) }
      }
      return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    var topology = Topology(
      servers: asked.map(\.server), target: settings.target, readsOwnWrites: settings.readYourWrites)
    for (index, reply) in replies { topology.servers[index].reply = reply }
    topology.joinSameServers()
    return topology
  }

  /// Returns an entry for each address of an endpoint.
  private func addresses(ofEndpoint number: Int) -> [Asked] {
    let endpoint = settings.endpoints[number]
    let weight = settings.weight(ofEndpoint: number)
    func server(_ address: String?) -> Topology.Server {
      Topology.Server(endpoint: endpoint.text, address: address, weight: weight, reply: .failed(""))
    }
    var own = settings.at(endpoint)
    own.target = .any
    own.database = nil
    own.connectTimeout = .seconds(max(patience, 2))
    guard case .tcp(let host, let port) = endpoint,
      let addresses = try? HostAddresses(of: host, port: port).texts, Set(addresses).count > 1
    else { return [(server(nil), own)] }
    // What TLS demands depends on the name, and so does whom a certificate must be for.
    own.tls.mode = own.tls.effectiveMode(for: endpoint)
    own.tls.serverName = own.tls.serverName ?? host
    return addresses.map { address in
      var settings = own
      settings.endpoint = .tcp(host: address, port: port)
      return (server(address), settings)
    }
  }

  private static func ask(_ settings: MySQLConfiguration) async -> Topology.Reply {
    do throws(MySQLError) {
      let connection = try await MySQLConnection.connect(settings)
      do throws(MySQLError) {
        let facts = try await ServerFacts(of: connection)
        await connection.close()
        return .facts(facts)
      } catch {
        await connection.close()
        throw error
      }
    } catch {
      return .failed(error.server?.message ?? error.message)
    }
  }
}
