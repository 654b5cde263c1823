import MySQL

extension Client {
  /// Writes the status of the connection (`\s`), in the lines and the order of the official command.
  func writeStatus() async {
    let server = connection.server
    let session = await texts(
      of: """
        SELECT DATABASE(), USER(), @@version_comment, @@character_set_server, @@character_set_database,
          @@character_set_client, @@character_set_connection LIMIT 1
        """
    ).first
    var lines = [Help.nameAndVersion, "", "Connection id:\t\t\(server.connectionID)"]
    if let session { lines += ["Current database:\t\(session[0])", "Current user:\t\t\(session[1])"] }
    lines.append("SSL:\t\t\t\(server.tls.map { "Cipher in use is \($0.cipher)" } ?? "Not in use")")
    if isInOtherDatabase { lines += ["", "All updates ignored to this database"] }
    let comment = session.map { $0[2].isEmpty ? "" : " " + $0[2] } ?? ""
    lines += [
      "Current pager:\t\t\(isTerminal ? terminal.pager ?? "stdout" : "stdout")",
      "Using outfile:\t\t'\(tee?.path ?? "")'",
      "Using delimiter:\t\(String(decoding: delimiter, as: UTF8.self))",
      "Server:\t\t\t\(server.isMariaDB ? "MariaDB" : "MySQL")",
      "Server version:\t\t\(server.version)\(comment)",
      "Protocol version:\t10",
    ]
    switch connection.endpoint {
    case .tcp(let host, _): lines.append("Connection:\t\t\(host) via TCP/IP")
    case .unixSocket: lines.append("Connection:\t\tLocalhost via UNIX socket")
    }
    if lastInsertID != 0 { lines.append("Insert id:\t\t\(lastInsertID)") }
    if let session {
      for (name, value) in zip(["Server", "Db    ", "Client", "Conn. "], session[3...]) {
        lines.append("\(name) characterset:\t\(value)")
      }
    }
    switch connection.endpoint {
    case .tcp(_, let port): lines.append("TCP port:\t\t\(port)")
    case .unixSocket(let path): lines.append("UNIX socket:\t\t\(path)")
    }
    lines += await statistics
    if arguments.rules.isSafe { lines += Self.safety(arguments.rules) }
    output.write("--------------\n")
    for line in lines { output.write(text: line + "\n") }
    output.write("--------------\n\n")
  }

  /// What the server counts. The official command asks for it with COM_STATISTICS.
  private var statistics: [String] {
    get async {
      let names: KeyValuePairs = [
        "Threads": "Threads_connected", "Questions": "Queries", "Slow queries": "Slow_queries",
        "Opens": "Opened_tables", "Flush tables": "Flush_commands", "Open tables": "Open_tables",
      ]
      let list = (["Uptime"] + names.map(\.value)).map { "'\($0)'" }.joined(separator: ",")
      let rows = await texts(of: "SHOW GLOBAL STATUS WHERE Variable_name IN (\(list))")
      let values = Dictionary(rows.map { ($0[0], $0[1]) }) { $1 }
      guard let uptime = values["Uptime"].flatMap({ Int($0) }) else { return [] }
      // MariaDB does not count what MySQL calls a flush.
      var counts = names.compactMap { name, variable in values[variable].map { "\(name): \($0)" } }
      if let queries = values["Queries"].flatMap({ Int($0) }) {
        let thousandths = Duration.milliseconds(queries * 1000 / max(uptime, 1))
        counts.append("Queries per second avg: \(Self.seconds(thousandths))")
      }
      return ["Uptime:\t\t\t\(Self.time(uptime))", "", counts.joined(separator: "  ")]
    }
  }

  /// Returns a time in words, such as `2 days 1 hour 5 min 3 sec`.
  static func time(_ seconds: Int) -> String {
    var (rest, text) = (seconds, "")
    for (unit, length) in [("day", 86_400), ("hour", 3600)] where rest >= length {
      let count = rest / length
      text += "\(count) \(unit)\(count > 1 ? "s" : "") "
      rest %= length
    }
    if rest >= 60 {
      text += "\(rest / 60) min "
      rest %= 60
    }
    return text + "\(rest) sec"
  }

  private static func safety(_ rules: StatementOptions) -> [String] {
    [
      "", "Note that you are running in safe_update_mode:",
      "UPDATEs and DELETEs that don't use a key in the WHERE clause are not allowed.",
      "(One can force an UPDATE/DELETE by adding LIMIT # at the end of the command.)",
      "SELECT has an automatic 'LIMIT \(rules.selectLimit)' if LIMIT is not used.",
      "Max number of examined row combination in a join is set to: \(rules.maxJoinSize)", "",
    ]
  }

  /// Returns the cells of a query as text; no rows if it fails.
  private func texts(of sql: String) async -> [[String]] {
    let rows = try? await connection.query(MySQLQuery(unsafe: sql)).collect()
    return (rows ?? []).map { row in
      row.columns.indices.map { String(decoding: row[$0].bytes, as: UTF8.self) }
    }
  }
}
