import MySQL
import Testing

extension Live {
  @Suite(.live) struct LargeValueTests {
    @Test(arguments: LiveServer.all) func aCellOf64MebibytesGoesBothWays(server: LiveServer) async throws {
      try await server.withConnection { connection in
        // No period of it divides a packet or a read.
        let piece: [UInt8] = (0..<1_000_003).map { UInt8(97 + $0 % 23) }
        var letters: [UInt8] = []
        while letters.count < 64 << 20 { letters += piece }
        let literal = String(decoding: letters, as: UTF8.self)
        let rows = try await connection.query("SELECT '\(unsafe: literal)' AS cell").collect()
        let bytes = try #require(rows.first)[0].bytes
        #expect(bytes == letters)
        try await connection.ping()
      }
    }

    /// A payload of 16 MiB - 1 ends with an empty packet; a cell of 16 MiB has a longer length before it.
    @Test(arguments: LiveServer.all) func rowsAroundThePacketLimitArrive(server: LiveServer) async throws {
      try await server.withConnection { connection in
        let full = 0xFF_FFFF
        let sizes = (-6...1).map { full + $0 } + [full + 5, 2 * full - 10, 2 * full - 9, 2 * full - 8]
        for size in sizes {
          let rows = try await connection.query("SELECT REPEAT('x', \(unsafe: "\(size)")), 'end'").collect()
          let row = try #require(rows.first)
          let (count, end) = (row[0].bytes.count, try row.decode(at: 1, as: String.self))
          #expect(rows.count == 1 && count == size && end == "end")
        }
        try await connection.ping()
      }
    }

    @Test(arguments: LiveServer.all) func statementsAroundThePacketLimitArrive(
      server: LiveServer
    ) async throws {
      try await server.withConnection { connection in
        // MySQL has two bytes of query attributes before the statement.
        for size in (-4...1).map({ 0xFF_FFFF + $0 }) {
          let head = "SELECT LENGTH('"
          let filling = String(repeating: "x", count: size - head.utf8.count - 2)
          let length = try await connection.value("\(unsafe: head + filling + "')")", as: Int.self)
          #expect(length == filling.utf8.count)
        }
      }
    }

    @Test(arguments: LiveServer.all)
    func aRowLargerThanTheSettingsAllowIsRefused(server: LiveServer) async throws {
      let connection = try await server.connect { $0.maxAllowedPacket = 1 << 20 }
      try await connection.expect("SELECT LENGTH(REPEAT('x', 2000000))", 2_000_000)
      let error = await #expect(throws: MySQLError.self) {
        try await connection.query("SELECT REPEAT('x', 2000000)").collect()
      }
      #expect(error?.kind == .protocolViolation)
      #expect(connection.isClosed)
      try await server.end(connection)
    }
  }
}
