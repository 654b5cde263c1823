#if os(Linux)
  import MySQL
  import MySQLTesting
  import Testing

  extension Live {
    /// The errors that a user sees when a server turns clients away.
    @Suite(
      .live(if: !OwnServer.kinds.isEmpty, .noOwnServers),
      OwnServers { kind in
        // MySQL does not count broken logins. MariaDB does, for hosts whose names it looks up.
        ["--max-connections=10", "--max-connect-errors=1"]
          + (kind == .mariadb ? ["--skip-name-resolve=0"] : [])
      })
    struct OverburdenedServerTests {
      @Test(arguments: OwnServer.kinds) func reportsTooManyConnections(kind: OwnServer.Kind) async throws {
        let server = try OwnServers.running(kind)
        let proxy = try server.proxy(from: "127.0.0.1")
        defer { proxy.stop() }
        // A connection is reserved for the administrator.
        try await server.withAdministrator { administrator in
          try await administrator.execute("CREATE USER crowd@'127.0.0.1'")
          var crowd: [MySQLConnection] = []
          var refusal: MySQLError?
          while refusal == nil, crowd.count <= 10 {
            do throws(MySQLError) {
              crowd.append(try await MySQLConnection.connect(settings(proxy, user: "crowd")))
            } catch {
              refusal = error
            }
          }
          #expect(refusal?.kind == .server)
          #expect(refusal?.server?.code == .tooManyConnections)
          #expect(refusal?.description.contains("max_connections") == true)
          for connection in crowd { await connection.close() }
          // Afterwards there is room again.
          try await MySQLConnection.connect(settings(proxy, user: "crowd")).close()
          try await administrator.execute("DROP USER crowd@'127.0.0.1'")
        }
      }

      @Test(arguments: OwnServer.kinds) func reportsAHostThatIsNotAllowed(kind: OwnServer.Kind) async throws {
        let proxy = try OwnServers.running(kind).proxy(from: "127.0.0.2")
        defer { proxy.stop() }
        let error = await #expect(throws: MySQLError.self) {
          try await MySQLConnection.connect(settings(proxy, user: "root"))
        }
        #expect(error?.kind == .authentication)
        #expect(error?.server?.code == .hostNotAllowed)
        #expect(error?.description.contains("127.0.0.2") == true)
        #expect(error?.description.contains("CREATE USER") == true)
      }

      @Test(
        .enabled(if: OwnServer.kinds.contains(.mariadb), "not in this pass, which has no MariaDB server"),
        arguments: OwnServer.kinds.filter { $0 == .mariadb })
      func reportsABlockedHost(kind: OwnServer.Kind) async throws {
        let server = try OwnServers.running(kind)
        let proxy = try server.proxy(from: "127.0.0.3")
        defer { proxy.stop() }
        try await server.withAdministrator { administrator in
          try await administrator.execute("CREATE USER clumsy@'127.0.0.3'")
          let whole = try server.proxy(from: "127.0.0.3")
          defer { whole.stop() }
          // A login whose packet has the wrong sequence number.
          proxy.setPlan(FaultPlan(.flip(0x55), at: .packet(0, byte: 3), from: .client))
          _ = try? await MySQLConnection.connect(settings(proxy, user: "clumsy"))
          let error = await #expect(throws: MySQLError.self) {
            try await MySQLConnection.connect(settings(whole, user: "clumsy"))
          }
          #expect(error?.kind == .authentication)
          #expect(error?.server?.code == .hostBlocked)
          #expect(error?.description.contains("FLUSH HOSTS") == true)
          // Follows the advice in the error.
          try await administrator.execute("FLUSH HOSTS")
          try await MySQLConnection.connect(settings(whole, user: "clumsy")).close()
          try await administrator.execute("DROP USER clumsy@'127.0.0.3'")
        }
      }

      /// Returns settings with a long time limit, because looking up host names may take a while.
      private func settings(_ proxy: FaultProxy, user: String) -> MySQLConfiguration {
        var settings = MySQLConfiguration(.tcp(host: "127.0.0.1", port: UInt16(proxy.port)), user: user)
        settings.connectTimeout = .seconds(30)
        return settings
      }
    }
  }
#endif
