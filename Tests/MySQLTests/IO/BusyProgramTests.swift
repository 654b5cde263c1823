import MySQLTesting
import Testing

@testable import MySQL

/// Time limits apply to the server. A program that gets no thread for a while, because others keep the
/// processors busy, still gets a response that arrived in time.
@Suite(.timed) struct BusyProgramTests {
  @Test func anAnswerThatArrivedInTimeCountsHoweverLateItIsRead() async throws {
    let server = try ScriptedServer { connection in
      try connection.acceptLogin()
      _ = try connection.readCommand()
      try connection.delay(.milliseconds(50))
      try connection.sendResult(columns: ["a"], rows: [["1"], ["2"]])
      #expect(try connection.readCommand() == .ping)
      try connection.sendOK()
    }
    let executor = StallingExecutor()
    let client = try await server.connect { $0.queryTimeout = .milliseconds(300) }
    let task = Task(executorPreference: executor) {
      executor.stall(for: .milliseconds(700))
      let rows = try await client.query("SELECT a FROM t").collect()
      try await client.ping()
      return rows.count
    }
    #expect(try await watched { try await task.value } == 2)
    await client.close()
  }

  /// On a busy machine the server itself may be late, but hardly in every attempt.
  @Test(arguments: [false, true]) func aLoginThatWasAnsweredInTimeSucceedsLate(hasOthers: Bool) async throws {
    var failure: (any Error)?
    for _ in 1...5 {
      do { return try await logInLate(hasOthers) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  private func logInLate(_ hasOthers: Bool) async throws {
    let server = try ScriptedServer { connection in
      try connection.acceptLogin()
      #expect(try connection.readCommand() == .query("SET @a = 1"))
      try connection.sendOK()
    }
    let executor = StallingExecutor()
    let others = try [MySQLConfiguration.Endpoint.closed(), .closed()]
    let settings = try server.settings {
      $0.connectTimeout = .milliseconds(300)
      $0.initCommands = ["SET @a = 1"]
      if hasOthers { $0.endpoints = [others[0], $0.endpoint, others[1]] }
    }
    let task = Task(executorPreference: executor) {
      // Connecting takes several steps; each but the first begins late.
      let busy = Task.detached {
        while !Task.isCancelled {
          executor.stall(for: .milliseconds(400))
          try? await Task.sleep(for: .milliseconds(10))
        }
      }
      defer { busy.cancel() }
      return try await MySQLConnection.connect(settings)
    }
    let client = try await watched(.seconds(20)) { try await task.value }
    await client.close()
  }

  /// The time that a batch's source takes counts as the program's. The limit passes meanwhile, and only then
  /// does the call wait for the server.
  @Test func aBatchWhoseServerFallsSilentTimesOutThoughItsSourceWasSlow() async throws {
    let server = try ScriptedServer { connection in
      try connection.acceptLogin()
      _ = try connection.readCommand()
      try connection.sendPrepared(1, parameters: [.init("?", .bigint)])
      try connection.stall()
    }
    let client = try await server.connect { $0.queryTimeout = .milliseconds(200) }
    let rows = AsyncStream<Int> { continuation in
      Task {
        for row in 0..<600 {
          continuation.yield(row)
          if row == 300 { try? await Task.sleep(for: .milliseconds(500)) }
        }
        continuation.finish()
      }
    }
    let error = await failure {
      try await client.executeBatch("INSERT INTO t VALUES (?)", rows)
    }
    #expect(error?.kind == .timeout && error?.reach == .unknown)
    await client.expectClosed()
  }
}
