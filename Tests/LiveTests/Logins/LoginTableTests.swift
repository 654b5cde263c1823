#if os(Linux)
  import Foundation
  import MySQL
  import Testing

  extension Live {
    @Suite(
      .live, .tags(.lengthy, .data),
      .live(if: !LoginTable.servers.isEmpty, "MYSQL_TEST_SOCKETS names no server of Tests/servers"))
    struct LoginTableTests {
      /// Tries every method, password and channel, with and without the server's memory of the account. Both by
      /// connecting and by changing the user, this library gets in where the server's own client does, unless
      /// that is unsafe, and nobody in between can read the password.
      @Test(arguments: LoginTable.servers) func loginsSucceedAsTheyDoForTheServersOwnClient(
        server: LiveServer
      ) async throws {
        try await LoginTable.with(server) { table in
          let isMariaDB = table.admin.server.isMariaDB
          let installed = isMariaDB ? try await install("ed25519", "auth_ed25519", table.admin) : false
          for row in LoginCase.all(isMariaDB: isMariaDB) {
            try await table.prepare(row)
            let getsIn = await table.officialClientGetsIn(row)
            #expect(getsIn || !row.mustSucceed, "\(row)")
            #expect(!getsIn || !row.mustFail, "\(row)")
            try await table.prepare(row)
            check(try await table.connect(row), row, getsIn, "connecting")
            try await table.prepare(row)
            check(try await table.changeUser(row), row, getsIn, "changing the user")
          }
          if installed { try await table.admin.execute("UNINSTALL SONAME 'auth_ed25519'") }
        }
      }

      private func check(_ attempt: LoginTable.Attempt, _ row: LoginCase, _ getsIn: Bool, _ entry: String) {
        let name = "\(entry): \(row)"
        #expect(
          (attempt.error == nil) == (getsIn && !row.isUnsafe),
          "\(name): \(attempt.error.map { "\($0)" } ?? "it gets in")")
        #expect(attempt.error == nil || attempt.error?.kind == .authentication, "\(name)")
        #expect(!attempt.sent.isEmpty, "\(name): nothing was recorded")
        let password = Array(row.password.text.utf8)
        if !row.channel.isUnixSocket, !password.isEmpty {
          #expect(!attempt.sent.contains(password), "\(name): the password can be read")
        }
        if row.plugin == .cachingSHA2, row.channel.isReadable, !password.isEmpty, getsIn {
          #expect(attempt.says(3) == (row.cache == .warm), "\(name)")
          #expect(attempt.says(4) == (row.cache == .cold), "\(name)")
        }
      }

      /// Installs a plugin unless the server has it. Returns whether it had to be installed.
      private func install(_ name: String, _ library: String, _ admin: MySQLConnection) async throws -> Bool {
        let count = try await admin.value(
          "SELECT COUNT(*) FROM information_schema.plugins WHERE plugin_name = '\(unsafe: name)'",
          as: Int.self)
        if count == 0 { try await admin.execute("INSTALL SONAME '\(unsafe: library)'") }
        return count == 0
      }
    }
  }
#endif
