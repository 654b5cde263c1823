#if os(Linux)
  import MySQL
  import Testing

  extension Live {
    /// What rows and files cost, however many there are. Each test runs in its own process, so that it measures only
    /// itself. Memory is measured by how much the process grows, and not under a sanitizer.
    @Suite(.live) struct EnduranceTests {
      /// The peak of resident memory (VmHWM) may grow by 32 MiB between the query's return, when some rows have
      /// arrived, and the last row.
      @Test(.tags(.measured), arguments: LiveServer.all)
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
      /// In a long run, it comes once more over TLS.
      @Test(
        .notUnder(.address, .thread), .tags(.measured, .lengthy), arguments: LiveServer.all,
        Pass.isLongRun ? [false, true] : [false])
      func aGibibyteIsStreamedInLittleMemory(server: LiveServer, isEncrypted: Bool) async {
        await #expect(processExitsWith: .success) {
          [server = server as LiveServer, isEncrypted = isEncrypted as Bool] in
          try await server.withSchema {
            if isEncrypted { $0.tls.mode = .required }
          } _: { connection, _ in
            #expect(connection.server.tls != nil || !isEncrypted)
            let mebibytes = TestServers.amount(Pass.isLongRun ? 1024 : 256, aByteAtATime: 1)
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
      func aHangUpAfterUnreadRowsTakesNoTime(server: LiveServer) async {
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
            $0.allowsLocalInfile = true
          } _: { connection, _ in
            try await connection.execute("CREATE TABLE t (id TINYINT)")
            let line = Array((String(repeating: "x", count: 1000) + "\n").utf8)
            let piece = Array(Array(repeating: line, count: 64).joined())
            let pieces = TestServers.amount(1024, aByteAtATime: 4)
            try ProcessStatus.forgetPeak()
            let before = try ProcessStatus.residentMemory()
            let result = try await connection.execute(
              "LOAD DATA LOCAL INFILE 'x' INTO TABLE t (@word) SET id = LENGTH(@word) % 100",
              options: .localInfile(.sequence(Pieces(piece: piece, left: pieces))))
            #expect(result.affectedRows == 64 * pieces)
            let growth = try ProcessStatus.peakMemory() - before
            #expect(growth < 8 << 20 || ProcessStatus.isSanitized, "\(growth) bytes")
          }
        }
      }
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
