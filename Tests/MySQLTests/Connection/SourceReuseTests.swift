import MySQL
import MySQLTesting
import Testing

/// Sources that several statements use.
@Suite(.timed) struct SourceReuseTests {
  @Test func bytesCanBeUsedAgain() async throws {
    let files = Journal<[UInt8]>()
    let server = try LoadingServer.serve(files)
    defer { server.stop() }
    let connection = try await server.connect { $0.allowsLocalInfile = true }
    let source = MySQLByteSource.bytes([1, 2, 3])
    let insert = "INSERT INTO t VALUES (\(stream: source))" as MySQLQuery
    for _ in 0..<2 {
      try await connection.execute(LoadingServer.load, options: .localInfile(source))
      try await connection.execute(insert)
    }
    #expect(files.entries == Array(repeating: [1, 2, 3], count: 4))
    await connection.close()
  }

  @Test func aSequenceThatIsOpenedForEachUseCanBeUsedAgain() async throws {
    let files = Journal<[UInt8]>()
    let server = try LoadingServer.serve(files)
    defer { server.stop() }
    let connection = try await server.connect { $0.allowsLocalInfile = true }
    let source = MySQLByteSource.sequence {
      AsyncStream { continuation in
        for byte in [1, 2] as [UInt8] { continuation.yield([byte]) }
        continuation.finish()
      }
    }
    for _ in 0..<2 { try await connection.execute(LoadingServer.load, options: .localInfile(source)) }
    #expect(files.entries == [[1, 2], [1, 2]])
    await connection.close()
  }

  @Test func aSequenceThatIsUsedUpIsAnErrorAndLoadsNothing() async throws {
    let files = Journal<[UInt8]>()
    let server = try LoadingServer.serve(files)
    defer { server.stop() }
    let connection = try await server.connect { $0.allowsLocalInfile = true }
    let source = MySQLByteSource.sequence(
      AsyncStream { continuation in
        continuation.yield([7])
        continuation.finish()
      })
    try await connection.execute(LoadingServer.load, options: .localInfile(source))
    let load = await failure {
      try await connection.execute(LoadingServer.load, options: .localInfile(source))
    }
    #expect(load?.kind == .localInfile && load?.message.contains("cannot be read again") == true)
    let insert = "INSERT INTO t VALUES (\(stream: source))" as MySQLQuery
    let stream = await failure { try await connection.execute(insert) }
    #expect(stream?.kind == .encoding && stream?.message.contains("cannot be read again") == true)
    // The server asked for the second file too, and got nothing; the statement was not executed.
    #expect(files.entries == [[7], []])
    try await connection.ping()
    await connection.close()
  }
}
