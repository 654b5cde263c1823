#if os(Linux)
  import MySQL
  import MySQLTesting
  import Testing

  extension Live {
    /// Servers whose administrators have chosen another character set, no session tracking and small packets.
    @Suite(
      .live(if: !OwnServer.kinds.isEmpty, .noOwnServers),
      .tags(.ownServers),
      OwnServers { kind in
        [
          "--character-set-server=latin1", "--init-connect=SET NAMES latin1", "--session-track-schema=OFF",
          "--session-track-system-variables=time_zone", "--max-allowed-packet=4M",
        ] + (kind == .mariadb ? ["--skip-character-set-client-handshake"] : [])
      })
    struct ForeignServerTests {
      /// Calls the closure with a connection for which the server runs `init_connect`.
      private func withClient(
        _ kind: OwnServer.Kind, _ body: nonisolated(nonsending) (MySQLConnection) async throws -> Void
      ) async throws {
        let server = try OwnServers.running(kind)
        let proxy = try server.proxy(from: "127.0.0.1")
        defer { proxy.stop() }
        try await server.withAdministrator { administrator in
          try await administrator.execute("CREATE DATABASE IF NOT EXISTS foreign_server")
          try await administrator.execute("CREATE USER plain@'127.0.0.1'")
          try await administrator.execute("GRANT ALL ON foreign_server.* TO plain@'127.0.0.1'")
          var settings = MySQLConfiguration(.tcp(host: "127.0.0.1", port: UInt16(proxy.port)), user: "plain")
          settings.database = "foreign_server"
          settings.publicKey = .askServer
          var failure: (any Error)?
          do {
            try await MySQLConnection.with(settings) { try await body($0) }
          } catch {
            failure = error
          }
          try await administrator.execute("DROP USER plain@'127.0.0.1'")
          if let failure { throw failure }
        }
      }

      @Test(arguments: OwnServer.kinds) func sessionsAreUTF8(kind: OwnServer.Kind) async throws {
        try await withClient(kind) { connection in
          try await CharacterSetTests.expectText(connection, "after the login")
          try await connection.reset()
          try await CharacterSetTests.expectText(connection, "after a reset")
          try await connection.changeUser("plain", database: "foreign_server")
          try await CharacterSetTests.expectText(connection, "after a change of user")
        }
      }

      @Test(arguments: OwnServer.kinds) func theServerTellsWhatConcernsStatements(
        kind: OwnServer.Kind
      ) async throws {
        try await withClient(kind) { connection in
          let changes = try await connection.execute("SET NAMES latin1").sessionChanges
          #expect(changes.contains(.variable(name: "character_set_client", value: "latin1")))
          let error = await #expect(throws: MySQLError.self) { try await connection.execute("DO 1") }
          #expect(error?.kind == .misuse)
          try await connection.reset()
          let change = try await connection.execute("USE information_schema").sessionChanges
          #expect(change.contains(.database("information_schema")))
          try await connection.expect("SELECT @@session_track_system_variables LIKE '%time_zone%'", true)
        }
      }

      @Test(arguments: OwnServer.kinds)
      func reportsAStatementThatIsTooLargeBeforeSendingIt(kind: OwnServer.Kind) async throws {
        try await withClient(kind) { connection in
          try await connection.execute("CREATE TEMPORARY TABLE blobs (v LONGBLOB)")
          let large = [UInt8](repeating: 0x41, count: 20 << 20)
          let text = String(repeating: "A", count: 20 << 20)
          for query in [
            "INSERT INTO blobs VALUES (\(large))", "INSERT INTO blobs VALUES ('\(unsafe: text)')",
          ] as [MySQLQuery] {
            let error = await #expect(throws: MySQLError.self) { try await connection.execute(query) }
            #expect(error?.server?.code == .packetTooLarge && error?.kind == .server)
            #expect(error?.reach == .notSent && error?.isRetryable == false)
            #expect(error?.description.contains("max_allowed_packet") == true)
          }
          // The connection is unchanged, and what fits is sent.
          let largest = [UInt8](repeating: 0x41, count: 4 << 20 - 100)
          try await connection.execute("INSERT INTO blobs VALUES (\(largest))")
          try await connection.expect("SELECT LENGTH(v) FROM blobs", 4 << 20 - 100)
        }
      }
    }
  }
#endif
