import MySQL
import Testing

extension Live {
  @Suite(.live, .tags(.data)) struct LargeValueTests {
    @Test(arguments: LiveServer.all) func aCellOf64MebibytesGoesBothWays(server: LiveServer) async throws {
      try await server.withConnection { connection in
        let count = TestServers.amount(64 << 20, aByteAtATime: 128 << 10)
        // Its period divides neither a packet nor a read.
        let piece: [UInt8] = (0..<count / 67).map { UInt8(97 + $0 % 23) }
        var letters: [UInt8] = []
        while letters.count < count { letters += piece }
        let literal = String(decoding: letters, as: UTF8.self)
        let rows = try await connection.query("SELECT '\(unsafe: literal)' AS cell").collect()
        let bytes = try #require(rows.first)[0].bytes
        #expect(bytes == letters)
        try await connection.ping()
      }
    }

    /// The size of a full packet. At one byte at a time, it is that of the longest text whose length takes two bytes.
    private static let full = TestServers.amount(0xFF_FFFF, aByteAtATime: 0xFFFF)

    /// Its period divides neither a packet nor a read.
    private static let pattern = "abcdefghijklmnopqrstuvw"

    /// Returns `count` letters of the pattern, and the SQL expression for them.
    private static func letters(_ count: Int) -> (text: [UInt8], sql: String) {
      var text: [UInt8] = []
      text.reserveCapacity(count + pattern.utf8.count)
      while text.count < count { text += pattern.utf8 }
      text.removeLast(text.count - count)
      return (text, "LEFT(REPEAT('\(pattern)', \(count / pattern.utf8.count + 1)), \(count))")
    }

    /// A payload of 16 MiB - 1 ends with an empty packet; a cell of 16 MiB is preceded by a longer length.
    @Test(arguments: LiveServer.all) func rowsAroundThePacketLimitArrive(server: LiveServer) async throws {
      try await server.withConnection { connection in
        let full = Self.full
        // The second cell and the lengths of both take eight bytes of the payload, from 16 MiB on thirteen.
        let sizes = (-9...1).map { full + $0 } + [full + 5] + (-14 ... -8).map { 2 * full + $0 }
        for size in TestServers.areSlow ? [full, full + 1] : sizes {
          let (letters, sql) = Self.letters(size)
          let rows = try await connection.query("SELECT \(unsafe: sql), 'end'").collect()
          let row = try #require(rows.first)
          let (bytes, end) = (row[0].bytes, try row.decode(at: 1, as: String.self))
          #expect(rows.count == 1 && bytes.count == size && end == "end")
          #expect(bytes == letters, "\(size) bytes: others than were sent")
        }
        try await connection.ping()
      }
    }

    @Test(arguments: LiveServer.all) func statementsAroundThePacketLimitArrive(
      server: LiveServer
    ) async throws {
      try await server.withConnection { connection in
        // MySQL has two bytes of query attributes before the statement.
        for size in (TestServers.areSlow ? 0...1 : -4...1).map({ Self.full + $0 }) {
          try await Self.expectStatementArrives(size, connection)
        }
      }
    }

    /// How much larger than two full packets the statements are. The payload that fills both packets exactly
    /// has three bytes before the statement on MySQL, and one on MariaDB. Over TLS, only these two are sent, to
    /// save seconds.
    private static let differences: [Int] =
      if TestServers.areSlow {
        [-1, 0]
      } else if Pass.current?.hasTLS == true, !Pass.isLongRun {
        [-3, -1]
      } else {
        Array(-4...1)
      }

    @Test(arguments: LiveServer.all) func statementsAroundTwiceThePacketLimitArrive(
      server: LiveServer
    ) async throws {
      try await server.withConnection { connection in
        for difference in Self.differences {
          try await Self.expectStatementArrives(2 * Self.full + difference, connection)
        }
      }
    }

    /// Sends a statement of a given size, in which the server compares the text with what it should be.
    private static func expectStatementArrives(_ size: Int, _ connection: MySQLConnection) async throws {
      // The more digits the number of letters has, the longer the end of the statement is.
      let room = size - "SELECT '' = ".utf8.count
      let count = room - letters(room).sql.utf8.count
      let (text, sql) = letters(count)
      let statement = "SELECT '\(String(decoding: text, as: UTF8.self))' = \(sql)"
      #expect(statement.utf8.count == size)
      #expect(try await connection.value("\(unsafe: statement)", as: Int.self) == 1, "\(size) bytes")
    }

    @Test(arguments: LiveServer.all)
    func aRowLargerThanTheSettingsAllowIsRefused(server: LiveServer) async throws {
      let size = TestServers.amount(2_000_000, aByteAtATime: 40_000)
      let connection = try await server.connect { $0.maxAllowedPacket = size / 2 }
      try await connection.expect("SELECT LENGTH(REPEAT('x', \(unsafe: "\(size)")))", size)
      let error = await #expect(throws: MySQLError.self) {
        try await connection.query("SELECT REPEAT('x', \(unsafe: "\(size)"))").collect()
      }
      #expect(error?.kind == .protocolViolation)
      #expect(connection.isClosed)
      try await server.end(connection)
    }
  }
}
