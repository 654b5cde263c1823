import Foundation
import MySQL
import Testing

extension Live {
  @Suite(.live) struct StreamTests {
    private struct Broken: Error {}

    @Test(arguments: LiveServer.all) func aParameterComesPieceByPiece(server: LiveServer) async throws {
      try await server.withSchema { connection, _ in
        try await connection.execute("CREATE TABLE t (id INT, b LONGBLOB, c LONGTEXT)")
        let pieces = [[], Array("Äpf".utf8), [], Array("el, ".utf8), Array("Birnen".utf8)]
        for id in 0..<2 {
          try await connection.execute(
            "INSERT INTO t VALUES (\(id), \(stream: .sequence(Self.stream(pieces))), \(stream: .bytes(pieces.flatMap { $0 }), isText: true))"
          )
        }
        let rows = try await connection.query("SELECT b, c FROM t").collect()
        #expect(rows.count == 2)
        for row in rows {
          let (bytes, text) = try row.decode(([UInt8], String).self)
          #expect(bytes == pieces.flatMap { $0 } && text == "Äpfel, Birnen")
        }
      }
    }

    @Test(arguments: LiveServer.all) func aStreamOfNothingIsEmptyAndNotNULL(server: LiveServer) async throws {
      try await server.withConnection { connection in
        for _ in 0..<2 {
          let row = try await connection.query(
            "SELECT LENGTH(\(stream: .bytes([]))), LENGTH(\(stream: .sequence(Self.stream([])))), \(7) + 0"
          ).collect().first
          let lengths = try #require(row).decode((Int?, Int?, Int).self)
          #expect(lengths == (0, 0, 7))
        }
      }
    }

    @Test(arguments: LiveServer.all)
    func aLongStreamArrives(server: LiveServer) async throws {
      try await server.withConnection { connection in
        let size = TestServers.amount(1 << 20, aByteAtATime: 1 << 12)
        let piece = [UInt8](repeating: 0x61, count: size)
        let row = try await connection.query(
          "SELECT LENGTH(\(stream: .sequence(Self.stream(Array(repeating: piece, count: 12)))))"
        ).collect().first
        #expect(try #require(row).decode(Int.self) == 12 * size)
      }
    }

    @Test(arguments: LiveServer.all)
    func aSourceThatFailsExecutesNothing(server: LiveServer) async throws {
      try await server.withSchema { connection, _ in
        try await connection.execute("CREATE TABLE t (b LONGBLOB)")
        for _ in 0..<2 {
          let source = AsyncThrowingStream<[UInt8], any Error> { continuation in
            continuation.yield([1, 2, 3])
            continuation.finish(throwing: Broken())
          }
          let error = await #expect(throws: MySQLError.self) {
            try await connection.execute("INSERT INTO t VALUES (\(stream: .sequence(source)))")
          }
          #expect(error?.kind == .encoding && error?.message.contains("Broken") == true)
        }
        try await connection.expect("SELECT COUNT(*) FROM t", 0)
        try await connection.execute("INSERT INTO t VALUES (\(stream: .bytes([9])))")
        try await connection.expect("SELECT b FROM t", [9] as [UInt8])
      }
    }

    @Test(arguments: LiveServer.all) func aSourceThatSaysNothingEndsInTime(server: LiveServer) async throws {
      let connection = try await server.connect { $0.queryTimeout = .milliseconds(300) }
      let (silence, continuation) = AsyncStream<[UInt8]>.makeStream()
      let error = await #expect(throws: MySQLError.self) {
        try await connection.query("SELECT LENGTH(\(stream: .sequence(silence)))")
      }
      #expect(error?.kind == .timeout)
      continuation.finish()
      await connection.close()
    }

    private static func stream(_ pieces: [[UInt8]]) -> AsyncStream<[UInt8]> {
      AsyncStream { continuation in
        for piece in pieces { continuation.yield(piece) }
        continuation.finish()
      }
    }
  }
}
