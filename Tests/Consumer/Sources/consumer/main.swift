import MySQL
import MySQLTesting

// consumer URL…   queries a scripted server, and then each server that a URL names

struct Wrong: Error {
  let what: String
}

func check(_ condition: Bool, _ what: String) throws {
  if !condition { throw Wrong(what: what) }
}

struct Person: Codable, Equatable, Sendable {
  var id: Int
  var name: String
  var born: MySQLDate?
}

func queryScriptedServer() async throws {
  let server = try ScriptedServer { connection in
    try connection.acceptLogin()
    while true {
      switch try connection.readCommand() {
      case .query(let sql) where sql.hasPrefix("SELECT"):
        try connection.sendResult(columns: [.init("id", .bigint), "name"], rows: [[1, "Ada"]])
      case .quit: return
      default: try connection.sendOK()
      }
    }
  }
  defer { server.stop() }
  let rows = try await MySQLConnection.with(MySQLConfiguration(url: server.url)) { connection in
    try await connection.query("SELECT id, name FROM people").collect()
  }
  let (id, name) = try rows[0].decode((Int, String).self)
  try check((id, name) == (1, "Ada") && server.errors.isEmpty, "the scripted server's row")
}

func query(_ url: String) async throws -> String {
  let db = try MySQLClient(url: url)
  let people = [
    Person(id: 1, name: "Ada", born: MySQLDate("1815-12-10")), Person(id: 2, name: "Grace 🚢", born: nil),
  ]
  let version = try await db.withConnection { connection in
    try await connection.execute("CREATE DATABASE IF NOT EXISTS consumer")
    try await connection.useDatabase("consumer")
    try await connection.execute("CREATE TEMPORARY TABLE people (id INT, name VARCHAR(50), born DATE)")
    try await connection.withTransaction { transaction in
      let done = try await transaction.executeBatch(into: "people", people)
      try check(done.affectedRows == 2, "the batch's count")
    }
    var found: [Person] = []
    for try await person in try await connection.query("SELECT * FROM people ORDER BY id").decode(Person.self)
    {
      found.append(person)
    }
    try check(found == people, "the rows that were inserted")
    let one = try await connection.query("SELECT name FROM people WHERE id = \(1)").collect()
    try check(try one[0].decode(String.self) == "Ada", "a bound value")
    try await connection.execute("DROP DATABASE consumer")
    return connection.server.version
  }
  do {
    try await db.execute("SELECT nothing FROM nowhere.at_all")
    throw Wrong(what: "a statement that must fail")
  } catch let error as MySQLError {
    try check(error.server != nil, "the server's error")
  }
  await db.shutdown()
  return version
}

try await queryScriptedServer()
print("a scripted server")
for url in CommandLine.arguments.dropFirst() { print(try await query(url)) }
