import MySQL

extension Client {
  /// Writes the status of the connection (`\s`).
  func writeStatus() async {
    let server = connection.server
    var lines = [
      "Connection id:\t\t\(server.connectionID)",
      "Current database:\t\(await currentDatabase ?? "")",
    ]
    let query: MySQLQuery =
      "SELECT CURRENT_USER(), @@character_set_server, @@character_set_database, @@character_set_client"
    if let row = try? await connection.query(query).collect().first,
      let (user, server, database, client) = try? row.decode((String, String?, String?, String?).self)
    {
      lines += [
        "Current user:\t\t\(user)", "Server characterset:\t\(server ?? "")",
        "Db     characterset:\t\(database ?? "")", "Client characterset:\t\(client ?? "")",
      ]
    }
    lines += [
      "Server:\t\t\t\(server.isMariaDB ? "MariaDB" : "MySQL")", "Server version:\t\t\(server.version)",
      "Connection:\t\t\(server.endpoint)",
      "SSL:\t\t\t\(server.tls.map { "\($0.version), cipher \($0.cipher)" } ?? "Not in use")",
      "Using delimiter:\t\(String(decoding: delimiter, as: UTF8.self))",
    ]
    output.write("--------------\n")
    for line in lines { output.write(text: line + "\n") }
    output.write("--------------\n\n")
  }
}
