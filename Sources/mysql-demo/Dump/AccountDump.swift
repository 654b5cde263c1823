/// The accounts and roles of a server: all but `root` and the server's own.
///
/// They come first in a dump, since what is created later names them as its definer. What they may do comes last, since
/// it names tables and routines.
struct AccountDump {
  private static let excluded = [
    "root", "mysql.sys", "mysql.session", "mysql.infoschema", "mariadb.sys", "PUBLIC", "",
  ]

  private var accounts: [String] = []
  private var grants: [String] = []

  static func read(_ session: DumpSession) async throws(DumpFailure) -> Self {
    var dump = Self()
    let isRole = session.isMariaDB ? "is_role" : "'N'"
    let list = excluded.map(\.sqlString).joined(separator: ", ")
    let rows = try await session.rows(
      of: "SELECT user, host, \(isRole) FROM mysql.user WHERE user NOT IN (\(list)) ORDER BY user, host",
      for: "the accounts")
    for row in rows { try await dump.read(row[0], row[1], isRole: row[2] == "Y", session) }
    if !session.isMariaDB { try await dump.readDefaultRoles(session) }
    return dump
  }

  private mutating func read(
    _ user: String, _ host: String, isRole: Bool, _ session: DumpSession
  ) async throws(DumpFailure) {
    // MariaDB's roles have no host.
    let name = isRole ? user.sqlString : "\(user.sqlString)@\(host.sqlString)"
    if isRole {
      accounts.append("CREATE ROLE IF NOT EXISTS \(name)")
    } else {
      let rows = try await session.rows(of: "SHOW CREATE USER \(name)", for: "the account \(name)")
      accounts.append(Self.account(rows.first?[0] ?? ""))
    }
    for row in try await session.rows(of: "SHOW GRANTS FOR \(name)", for: "the rights of \(name)") {
      grants.append(Self.grant(row[0]))
    }
  }

  private mutating func readDefaultRoles(_ session: DumpSession) async throws(DumpFailure) {
    let rows = try await session.rows(
      of: """
        SELECT CONCAT(QUOTE(user), '@', QUOTE(host)),
          GROUP_CONCAT(QUOTE(default_role_user), '@', QUOTE(default_role_host) SEPARATOR ', ')
        FROM mysql.default_roles GROUP BY user, host ORDER BY user, host
        """, for: "the default roles")
    for row in rows { grants.append("SET DEFAULT ROLE \(row[1]) TO \(row[0])") }
  }

  /// Returns the statement of SHOW CREATE USER, changed so that it leaves an existing account as it is. The default
  /// roles are left out, since they may not exist yet.
  static func account(_ statement: String) -> String {
    let outside = masked(statement)
    var bytes = Array(statement.utf8)
    if let roles = outside.firstRange(of: Array(" DEFAULT ROLE ".utf8)),
      let end = outside[roles.upperBound...].firstRange(of: Array(" REQUIRE ".utf8))
    {
      bytes.removeSubrange(roles.lowerBound..<end.lowerBound)
    }
    return String(decoding: bytes, as: UTF8.self)
      .replacing("CREATE USER ", with: "CREATE USER IF NOT EXISTS ", maxReplacements: 1)
  }

  /// Returns a row of SHOW GRANTS without the password, which MariaDB repeats there.
  static func grant(_ statement: String) -> String {
    let outside = masked(statement)
    guard let password = outside.firstRange(of: Array(" IDENTIFIED ".utf8)) else { return statement }
    let mayGrant = outside[password.upperBound...].contains(bytes: Array("GRANT OPTION".utf8))
    return String(decoding: Array(statement.utf8)[..<password.lowerBound], as: UTF8.self)
      + (mayGrant ? " WITH GRANT OPTION" : "")
  }

  /// Returns the bytes of a statement with zeros in place of what is in quotes.
  private static func masked(_ statement: String) -> [UInt8] {
    var quote: UInt8?
    var isEscaped = false
    return statement.utf8.map { byte in
      if let open = quote {
        if isEscaped {
          isEscaped = false
        } else if byte == open {
          quote = nil
        } else {
          isEscaped = byte == UInt8(ascii: "\\") && open != UInt8(ascii: "`")
        }
        return 0
      }
      if [UInt8(ascii: "'"), UInt8(ascii: "`")].contains(byte) { quote = byte }
      return byte
    }
  }

  func writeAccounts(to output: OutputBuffer) {
    output.write("\n-- Accounts\n")
    for statement in accounts { output.write(text: statement + ";\n") }
  }

  func writeGrants(to output: OutputBuffer) {
    output.write("\n-- Rights of the accounts\n")
    for statement in grants { output.write(text: statement + ";\n") }
  }
}
