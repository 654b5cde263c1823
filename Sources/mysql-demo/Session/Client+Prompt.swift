import Foundation
import MySQL
import MySQLTesting

extension Client {
  /// Returns the prompt before a statement. Control characters that the server sends are visible in it.
  func promptText() async -> String {
    let pattern = terminal.prompt
    var facts = PromptPattern.Facts()
    facts.database = database.map { VisibleText.of($0) }
    facts.delimiter = String(decoding: delimiter, as: UTF8.self)
    if pattern.contains(bytes: Array("\\c".utf8)) {
      promptNumber += 1
      facts.number = promptNumber
    }
    if isConnected, !connection.isClosed {
      let server = connection.server
      facts.server = server.isMariaDB ? "MariaDB" : "MySQL"
      facts.version = VisibleText.of("\(server.version)")
      switch connection.endpoint {
      case .tcp(let host, let port): (facts.host, facts.port) = (host, "\(port)")
      case .unixSocket(let path):
        facts.isLocal = true
        facts.host = "localhost"
        facts.port = URL(fileURLWithPath: path).lastPathComponent
      }
    }
    if pattern.contains(bytes: Array("\\u".utf8)) || pattern.contains(bytes: Array("\\U".utf8)) {
      facts.account = VisibleText.of(await account)
    }
    return PromptPattern(facts: facts).text(pattern)
  }

  /// The account of the session, as the server sees it, asked for once in each session.
  private var account: String {
    get async {
      if let knownAccount, knownAccount.connection == connection.server.connectionID {
        return knownAccount.name
      }
      let rows = try? await connection.query("SELECT USER()").collect()
      let name = (try? rows?.first?.decode(String.self)) ?? connection.configuration.user
      knownAccount = (connection.server.connectionID, name)
      return name
    }
  }
}
