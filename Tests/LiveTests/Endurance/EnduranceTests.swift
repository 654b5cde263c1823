#if os(Linux)
  import Foundation
  import MySQL
  import Testing

  extension Live {
    /// What the connections of a process cost. Each test runs in its own process, so that it measures only
    /// itself. Memory is measured by how much the process grows, and not under a sanitizer.
    @Suite(.live) struct EnduranceTests {
      /// The peak of resident memory (VmHWM) may grow by 32 MiB between the query's return, when some rows have
      /// arrived, and the last row.
      @Test(arguments: LiveServer.all)
      func aMillionRowsAreStreamedInLittleMemory(server: LiveServer) async {
        await #expect(processExitsWith: .success) { [server = server as LiveServer] in
          try await server.withSchema { connection, _ in
            let thousands = TestServers.amount(1000, aByteAtATime: 2)
            try await connection.makeNumbers(1000)
            let rows = try await connection.query(
              """
              SELECT a.n * 1000 + b.n AS id, REPEAT('x', 100) AS text FROM numbers a, numbers b
              WHERE a.n <= \(unsafe: "\(thousands)")
              """)
            try ProcessStatus.forgetPeak()
            let before = try ProcessStatus.residentMemory()
            var (count, sum) = (0, 0)
            for try await (id, text) in rows.decode((Int, String).self) {
              count += 1
              sum += id + text.utf8.count
            }
            #expect(count == thousands * 1000)
            #expect(sum == thousands * ((thousands + 1) * 500_000 + 500_500 + 100_000))
            let growth = try ProcessStatus.peakMemory() - before
            #expect(growth < 32 << 20 || ProcessStatus.isSanitized, "\(growth) bytes")
          }
        }
      }

      /// A gibibyte in rows of 64 KiB, or a quarter of that unless the run is a long one, takes less than 8 MiB.
      @Test(.tags(.measured, .lengthy), arguments: LiveServer.all)
      func aGibibyteIsStreamedInLittleMemory(server: LiveServer) async {
        await #expect(processExitsWith: .success) { [server = server as LiveServer] in
          try await server.withSchema { connection, _ in
            let mebibytes = TestServers.amount(TestServers.isLongRun ? 1024 : 256, aByteAtATime: 1)
            try await connection.makeNumbers(max(16, mebibytes))
            let rows = try await connection.query(
              """
              SELECT REPEAT('x', 65536) FROM numbers a, numbers b
              WHERE a.n <= \(unsafe: "\(mebibytes)") AND b.n <= 16
              """)
            try ProcessStatus.forgetPeak()
            let before = try ProcessStatus.residentMemory()
            var bytes = 0
            for try await row in rows { bytes += row[0].bytes.count }
            #expect(bytes == mebibytes << 20)
            let growth = try ProcessStatus.peakMemory() - before
            #expect(growth < 8 << 20 || ProcessStatus.isSanitized, "\(growth) bytes")
          }
        }
      }

      /// A reader that stops reading stops the server: this process no longer grows, and the server waits. The
      /// memory that the connection then holds is bounded by its mailbox and the sockets' buffers.
      @Test(arguments: LiveServer.all)
      func aReaderThatStopsReadingStopsTheServer(server: LiveServer) async {
        await #expect(processExitsWith: .success) { [server = server as LiveServer] in
          try await server.withSchema { connection, _ in
            try await connection.makeNumbers(1000)
            try ProcessStatus.forgetPeak()
            let before = try ProcessStatus.residentMemory()
            let rows = try await connection.query("SELECT REPEAT('x', 10000) FROM numbers a, numbers b")
            var iterator = rows.makeAsyncIterator()
            _ = try await iterator.next(isolation: nil)
            try await server.waitForStatement(
              of: connection, isAt: connection.server.isMariaDB ? "Writing to net" : "Sending to client")
            let start = ProcessStatus.processorTime()
            try await Task.sleep(for: .seconds(1))
            // The server has made no progress meanwhile.
            try await server.waitForStatement(
              of: connection, isAt: connection.server.isMariaDB ? "Writing to net" : "Sending to client")
            // A proxy in this process continues for a while, one byte at a time.
            #expect(ProcessStatus.processorTime() - start < .milliseconds(500) || TestServers.areSlow)
            let growth = try ProcessStatus.peakMemory() - before
            #expect(growth < 8 << 20 || ProcessStatus.isSanitized, "\(growth) bytes")
            // Reading continues where it stopped.
            for _ in 1..<TestServers.amount(5000, aByteAtATime: 30) {
              let row = try await iterator.next(isolation: nil)
              #expect(row?[0].bytes.count == 10000)
            }
            try await server.end(connection)
          }
        }
      }

      /// Over a unix socket, even a client that does not read sees a hang-up at once.
      @Test(
        .live(if: LiveServer.all.contains { $0.socket != nil }, "MYSQL_TEST_SOCKETS is not set"),
        arguments: LiveServer.all.filter { $0.socket != nil })
      func aHangUpBehindUnreadRowsTakesNoTime(server: LiveServer) async {
        await #expect(processExitsWith: .success) { [server = server as LiveServer] in
          let socket = try #require(server.socket)
          try await server.withSchema {
            $0.endpoint = .unixSocket(path: socket)
          } _: { connection, _ in
            try await connection.makeNumbers(1000)
            let rows = try await connection.query("SELECT REPEAT('x', 10000) FROM numbers a, numbers b")
            try await Task.sleep(for: .milliseconds(200))
            try await server.end(connection)
            let start = ProcessStatus.processorTime()
            try await Task.sleep(for: .seconds(1))
            // A proxy in this process continues for a while, one byte at a time.
            #expect(ProcessStatus.processorTime() - start < .milliseconds(500) || TestServers.areSlow)
            let error = await #expect(throws: MySQLError.self) { for try await _ in rows {} }
            #expect(error?.kind == .connectionLost)
          }
        }
      }

      /// The source of a load is read no faster than the server accepts it.
      @Test(arguments: LiveServer.all)
      func aLoadOf64MebibytesTakesLittleMemory(server: LiveServer) async {
        await #expect(processExitsWith: .success) { [server = server as LiveServer] in
          try await server.withSchema {
            $0.localInfile = true
          } _: { connection, _ in
            try await connection.execute("CREATE TABLE t (id TINYINT)")
            let line = Array((String(repeating: "x", count: 1000) + "\n").utf8)
            let piece = Array(Array(repeating: line, count: 64).joined())
            let pieces = TestServers.amount(1024, aByteAtATime: 4)
            try ProcessStatus.forgetPeak()
            let before = try ProcessStatus.residentMemory()
            let result = try await connection.execute(
              "LOAD DATA LOCAL INFILE 'x' INTO TABLE t (@word) SET id = LENGTH(@word) % 100",
              localInfile: .sequence(Pieces(piece: piece, left: pieces)))
            #expect(result.affectedRows == 64 * pieces)
            let growth = try ProcessStatus.peakMemory() - before
            #expect(growth < 8 << 20 || ProcessStatus.isSanitized, "\(growth) bytes")
          }
        }
      }

      /// 6,000 connections, half of them by name or unix socket.
      @Test(.tags(.measured, .lengthy), arguments: LiveServer.all)
      func sixThousandConnectionsLeaveNothingBehind(server: LiveServer) async throws {
        await #expect(processExitsWith: .success) { [server = server as LiveServer] in
          let aborted = try await server.abortedClients()
          let times = TestServers.amount(6000, aByteAtATime: 500)
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
          try await expectNoGrowth(3500) { number in
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

  /// The same piece, again and again.
  private struct Pieces: AsyncSequence, AsyncIteratorProtocol {
    let piece: [UInt8]
    var left: Int

    func makeAsyncIterator() -> Self { self }

    mutating func next(isolation actor: isolated (any Actor)?) async throws(Never) -> [UInt8]? {
      guard left > 0 else { return nil }
      left -= 1
      return piece
    }
  }
#endif
