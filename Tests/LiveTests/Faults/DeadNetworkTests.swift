#if os(Linux)
  import MySQL
  import Testing

  extension Live {
    /// A network that dies silently: packets are no longer answered, and not refused either.
    @Suite(
      .live(if: !OwnServer.kinds.isEmpty, .noOwnServers),
      .tags(.ownServers),
      .enabled("it takes root and iproute2 to make a network") { await SilentNetwork.isPossible() })
    struct DeadNetworkTests {
      /// Without keepalive, the kernel would retransmit the command for a quarter of an hour.
      @Test(arguments: OwnServer.kinds)
      func aCommandSentIntoADeadNetworkEndsByTheKeepalive(kind: OwnServer.Kind) async throws {
        try await SilentNetwork.withHost { network in
          let server = try await OwnServer.start(kind, ["--bind-address=0.0.0.0"], after: network.within)
          do {
            _ = try await server.withAdministrator { administrator in
              try await administrator.execute("CREATE USER far@'%'")
            }
            var settings = MySQLConfiguration(
              .tcp(host: network.address, port: UInt16(server.port)), user: "far")
            settings.tls.mode = .preferred
            settings.tcpKeepAlive = .seconds(2)
            let connection = try await MySQLConnection.connect(settings)
            try await connection.ping()
            try await network.fallSilent()
            let start = ContinuousClock.now
            let error = await #expect(throws: MySQLError.self) { try await connection.ping() }
            let taken = start.duration(to: .now)
            #expect(
              error?.kind == .connectionLost && error?.reach == .unknown, "\(String(describing: error))")
            #expect(taken > .seconds(3) && taken < .seconds(12), "\(taken)")
          } catch {
            await server.stop()
            throw error
          }
          await server.stop()
        }
      }
    }
  }
#endif
