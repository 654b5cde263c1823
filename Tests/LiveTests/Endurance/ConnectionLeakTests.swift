#if os(Linux)
  import MySQL
  import Testing

  extension Live {
    /// What the connections of a process leave behind. Each test runs in its own process, so that it measures only
    /// itself. Memory is measured by how much the process grows, and not under a sanitizer.
    @Suite(.live) struct ConnectionLeakTests {
      /// 6,000 connections, half of them by name or unix socket.
      @Test(.tags(.measured, .lengthy), arguments: LiveServer.all)
      func sixThousandConnectionsLeaveNothingBehind(server: LiveServer) async throws {
        await #expect(processExitsWith: .success) { [server = server as LiveServer] in
          let aborted = try await server.abortedClients()
          let times = TestServers.amount(
            TestServers.times(6000, with: server, wholeWithMariaDB: true), aByteAtATime: 500)
          try await expectNoGrowth(times) { try await connectAndClose(server, $0) }
          #expect(try await server.abortedClients() == aborted)
        }
      }

      /// 3,500 connections over TLS, most of which resume a session.
      @Test(
        .live(if: LiveServer.all.contains { $0.certificates != nil }, "MYSQL_TEST_CERTIFICATES is not set"),
        .tags(.handshakes, .measured),
        arguments: LiveServer.all.filter { $0.certificates != nil })
      func thousandsOfConnectionsInTLSLeaveNothingBehind(server: LiveServer) async throws {
        await #expect(processExitsWith: .success) { [server = server as LiveServer] in
          try await expectNoGrowth(TestServers.times(3500, with: server, wholeWithMariaDB: false)) { number in
            try await server.withConnection {
              $0.tls.mode = .verifyIdentity
              $0.tls.caFile = server.certificates.map { $0 + "/ca.pem" }
            } _: {
              try await $0.expect("SELECT \(unsafe: "\(number)")", number)
            }
            // This side refuses the connection in the middle of the handshake.
            guard number % 10 == 0 else { return }
            let error = await #expect(throws: MySQLError.self) {
              try await server.connect { $0.tls.mode = .verifyIdentity }
            }
            #expect(error?.kind == .tls)
          }
        }
      }

      /// 500 logins that the server refuses.
      @Test(.tags(.handshakes, .measured), arguments: LiveServer.all)
      func fiveHundredRefusedLoginsLeaveNothingBehind(server: LiveServer) async throws {
        await #expect(processExitsWith: .success) { [server = server as LiveServer] in
          try await expectNoGrowth(500) { _ in
            let error = await #expect(throws: MySQLError.self) {
              try await server.connect {
                $0.user = "nobody_of_that_name"
                $0.password = "wrong"
              }
            }
            #expect(error?.kind == .authentication)
          }
        }
      }
    }
  }

  /// Does something many times. After the first tenth, resident memory may grow by 2 MiB, descriptors not at
  /// all, and threads by one: those of name look-ups and of tasks come and go.
  private func expectNoGrowth(_ times: Int, _ body: (_ number: Int) async throws -> Void) async throws {
    for number in 0..<times / 10 { try await body(number) }
    try await Task.sleep(for: .milliseconds(100))
    let descriptors = try ProcessStatus.openDescriptors()
    let threads = try ProcessStatus.threads()
    let memory = try ProcessStatus.residentMemory()
    for number in times / 10..<times { try await body(number) }
    try await Task.sleep(for: .milliseconds(100))
    #expect(try ProcessStatus.openDescriptors() <= descriptors)
    #expect(try ProcessStatus.threads() <= threads + 1)
    let growth = try ProcessStatus.residentMemory() - memory
    #expect(growth < 2 << 20 || ProcessStatus.isSanitized, "\(growth) bytes")
  }

  private func connectAndClose(_ server: LiveServer, _ number: Int) async throws {
    try await server.withConnection {
      switch ($0.endpoint, number % 4) {
      case (.tcp(_, let port), 0): $0.endpoint = .tcp(host: "localhost", port: port)
      case (_, 1): if let socket = server.socket { $0.endpoint = .unixSocket(path: socket) }
      default: break
      }
    } _: {
      try await $0.expect("SELECT \(unsafe: "\(number)")", number)
    }
  }
#endif
