import Foundation
import MySQL
import Testing

/// The commands that make and load dumps, and a folder for their files.
struct DumpRun {
  let server: DemoServer
  let folder: Folder

  /// Calls the closure with empty databases, and removes them and the folder afterwards.
  static func with(
    _ server: DemoServer, databases: String..., body: (Self) async throws -> Void
  ) async throws {
    let folder = try Folder()
    defer { folder.remove() }
    let run = Self(server: server, folder: folder)
    for database in databases { try await run.create(database) }
    try await body(run)
    for database in databases { try await run.drop(database) }
  }

  func file(_ name: String) -> String { folder.url.appendingPathComponent(name).path }

  /// Runs this package's `dump` or `restore`.
  func ours(_ subcommand: String, _ arguments: String..., input: Data = Data()) throws -> CommandRun {
    try ours(subcommand, arguments, input: input)
  }

  func ours(_ subcommand: String, _ arguments: [String], input: Data = Data()) throws -> CommandRun {
    try CommandRun.of(CommandRun.demo, words(subcommand, arguments), input: input)
  }

  /// Returns the arguments of this package's command.
  func words(_ subcommand: String, _ arguments: [String]) -> [String] {
    [subcommand] + server.arguments + server.ownArguments + arguments
  }

  /// Makes an empty database.
  func create(_ database: String) async throws {
    try await server.run(
      MySQLQuery(unsafe: "DROP DATABASE IF EXISTS \(database)"),
      MySQLQuery(unsafe: "CREATE DATABASE \(database) COLLATE utf8mb4_general_ci"))
  }

  func drop(_ databases: String...) async throws {
    for database in databases {
      try await server.run(MySQLQuery(unsafe: "DROP DATABASE IF EXISTS \(database)"))
    }
  }

  /// Runs statements with the official command.
  func official(_ database: String, _ input: Data, _ options: [String] = []) throws -> CommandRun {
    let command = try #require(CommandRun.official)
    let words = server.arguments + ["--comments", "-D\(database)"] + options
    return try CommandRun.of(command, words, input: input)
  }

  /// Dumps a database with the server's own command.
  func officialDump(of database: String, isMariaDB: Bool) throws -> CommandRun {
    let options = server.arguments + ["--routines", "--events", "--hex-blob", database]
    if isMariaDB {
      return try CommandRun.of(URL(fileURLWithPath: "/usr/bin/mariadb-dump"), options)
    }
    let tree = try #require(Self.mysqlTree)
    return try CommandRun.of(
      URL(fileURLWithPath: "/usr/sbin/chroot"),
      [tree, "/usr/bin/mysqldump"] + options
        // The copy goes to the same server, which has the transactions of the original.
        + ["--get-server-public-key", "--no-tablespaces", "--set-gtid-purged=OFF"])
  }

  /// The tree into which Tests/servers unpacks MySQL.
  static let mysqlTree: String? = {
    let cache = ProcessInfo.processInfo.environment["SWIFT_MYSQL_CACHE"] ?? "/var/cache/swift-mysql"
    let isThere = FileManager.default.isExecutableFile(atPath: cache + "/mysql/usr/bin/mysqldump")
    return isThere ? cache + "/mysql" : nil
  }()

  func isMariaDB() async throws -> Bool {
    try await MySQLConnection.with(server.configuration) { $0.server.isMariaDB }
  }
}
