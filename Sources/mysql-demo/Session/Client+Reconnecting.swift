import MySQL

extension Client {
  func reconnect(_ text: [UInt8]) async -> Outcome {
    var settings = connection.configuration
    if let database = CommandArgument(text) {
      settings.database = String(decoding: database.bytes, as: UTF8.self)
      if let host = CommandArgument(Array("connect".utf8) + database.rest) {
        settings.endpoint = connection.endpoint.at(host: String(decoding: host.bytes, as: UTF8.self))
      }
    } else {
      settings.database = await currentDatabase ?? database ?? settings.database
    }
    await connection.close()
    do throws(MySQLError) {
      connection = try await MySQLConnection.connect(settings, observer: arguments.observer)
      isConnected = true
      lastInsertID = 0
      database = settings.database
      if isTerminal {
        output.write(text: "Connection id:    \(connection.server.connectionID)\n")
        output.write(text: "Current database: \(database ?? "*** NONE ***")\n\n")
        if terminal.readsNames { await readNames() }
      }
    } catch {
      isConnected = false
      return report(Failure(connecting: error, to: settings.endpoints))
    }
    return .goesOn
  }

  var currentDatabase: String? {
    get async {
      try? await connection.query("SELECT DATABASE()").collect().first?.decode(String?.self)
    }
  }

  /// Connects again after the connection was lost, unless `--skip-reconnect` forbids it. Returns whether there is a
  /// connection.
  func reconnectIfAllowed() async -> Bool {
    guard arguments.terminal.reconnects else {
      write(error: Failure("Server has gone away", code: 2006, state: "HY000"))
      return false
    }
    output.write("No connection. Trying to reconnect...\n")
    return await reconnect([]) == .goesOn && isConnected
  }
}

extension MySQLConfiguration.Endpoint {
  /// The same port at another host; `localhost` means a unix socket only if this is one.
  fileprivate func at(host: String) -> Self {
    switch self {
    case .tcp(_, let port): .tcp(host: host, port: port)
    case .unixSocket: host.lowercased() == "localhost" ? self : .tcp(host: host, port: 3306)
    }
  }
}
