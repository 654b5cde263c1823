import MySQL
import Testing

extension Live {
  @Suite(.live, .byBothProtocols) struct CancellationTests {
    @Test(.tags(.waiting), arguments: LiveServer.all)
    func aTaskCancelledWhileItWaitsForItsAnswerEndsAtOnce(server: LiveServer) async throws {
      let connection = try await server.connect()
      let task = Task { try await connection.execute("SELECT SLEEP(10)") }
      try await server.waitForStatement(of: connection)
      let start = ContinuousClock.now
      task.cancel()
      let error = await #expect(throws: MySQLError.self) { try await task.value }
      #expect(error?.kind == .cancelled)
      #expect(error?.reach == .unknown)
      #expect(start.duration(to: .now) < .seconds(1))
      // The server does not continue the statement either.
      try await connection.expect("SELECT 1", 1)
      #expect(start.duration(to: .now) < .seconds(3))
      try await server.end(connection)
    }

    /// On a connection whose responses come quickly, tasks wait without a cancellation handler at first.
    @Test(.tags(.waiting), arguments: LiveServer.all, [false, true])
    func aTaskCancelledOnABusyConnectionEndsSoon(server: LiveServer, onExecutor: Bool) async throws {
      let connection = try await server.connect()
      for delay in [0, 1, 3, 6, 12, 50] {
        let (isBusy, begun) = AsyncStream<Void>.makeStream()
        let task = Task(executorPreference: onExecutor ? connection.executor : nil) {
          for n in 0..<200 { try await connection.expect("SELECT \(unsafe: "\(n)")", n) }
          begun.finish()
          try await connection.execute("SELECT SLEEP(10)")
        }
        for await _ in isBusy {}
        try await Task.sleep(for: .milliseconds(delay))
        let start = ContinuousClock.now
        task.cancel()
        let error = await #expect(throws: MySQLError.self) { try await task.value }
        #expect(error?.kind == .cancelled)
        #expect(start.duration(to: .now) < .seconds(1))
        #expect(!connection.isClosed)
      }
      try await server.end(connection)
    }

    /// A time limit ends such a wait too.
    @Test(.tags(.waiting), arguments: LiveServer.all)
    func aTimeLimitHoldsOnABusyConnection(server: LiveServer) async throws {
      let connection = try await server.connect()
      for n in 0..<200 { try await connection.expect("SELECT \(unsafe: "\(n)")", n) }
      let start = ContinuousClock.now
      let error = await #expect(throws: MySQLError.self) {
        try await connection.execute("SELECT SLEEP(10)", timeout: .milliseconds(3))
      }
      #expect(error?.kind == .timeout)
      #expect(start.duration(to: .now) < .seconds(1))
      try await connection.expect("SELECT 1", 1)
      try await server.end(connection)
    }

    @Test(.tags(.waiting), arguments: LiveServer.all)
    func cancellingClosesTheConnectionIfAskedTo(server: LiveServer) async throws {
      let connection = try await server.connect { $0.cancellation = .close }
      let task = Task { try await connection.execute("SELECT SLEEP(10)") }
      try await server.waitForStatement(of: connection)
      task.cancel()
      let error = await #expect(throws: MySQLError.self) { try await task.value }
      #expect(error?.kind == .cancelled)
      #expect(connection.isClosed)
      try await server.end(connection)
    }

    @Test(.tags(.waiting), arguments: LiveServer.all)
    func aTaskCancelledWhileItWaitsForItsTurnHarmsNobody(server: LiveServer) async throws {
      try await server.withConnection { connection in
        let slow = Task { try await connection.value("SELECT SLEEP(2)", as: Int.self) }
        try await server.waitForStatement(of: connection)
        let waiting = Task { try await connection.execute("SET @waited = 1") }
        try await Task.sleep(for: .milliseconds(50))
        let start = ContinuousClock.now
        waiting.cancel()
        let error = await #expect(throws: MySQLError.self) { try await waiting.value }
        #expect(error?.kind == .cancelled)
        #expect(error?.reach == .notSent)
        #expect(start.duration(to: .now) < .milliseconds(300))
        let slept = try await slow.value
        #expect(slept == 0)
        try await connection.expect("SELECT @waited", Int?.none)
      }
    }

    @Test(arguments: LiveServer.all)
    func aTaskCancelledBeforehandSendsNothing(server: LiveServer) async throws {
      try await server.withConnection { connection in
        let task = Task {
          withUnsafeCurrentTask { $0?.cancel() }
          try await connection.execute("SET @sent = 1")
        }
        let error = await #expect(throws: MySQLError.self) { try await task.value }
        #expect(error?.kind == .cancelled)
        #expect(error?.reach == .notSent)
        try await connection.expect("SELECT @sent", Int?.none)
      }
    }

    @Test(arguments: LiveServer.all)
    func aTaskCancelledDuringRowsNeverTakesThemForAll(server: LiveServer) async throws {
      try await server.withSchema { connection, _ in
        try await connection.makeNumbers(1000)
        let task = Task {
          var count = 0
          for try await _ in try await connection.query("SELECT n, REPEAT('x', 100000) FROM numbers") {
            count += 1
            if count == 3 { withUnsafeCurrentTask { $0?.cancel() } }
          }
          return count
        }
        let error = await #expect(throws: MySQLError.self) { try await task.value }
        #expect(error?.kind == .cancelled)
        try await server.end(connection)
      }
    }

    @Test(arguments: LiveServer.all) func aTaskCancelledBeforeItConnectsDoesNotConnect(
      server: LiveServer
    ) async throws {
      let task = Task {
        withUnsafeCurrentTask { $0?.cancel() }
        return try await server.connect()
      }
      let error = await #expect(throws: MySQLError.self) { try await task.value }
      #expect(error?.kind == .cancelled)
    }

    /// A task that is cancelled at any moment gets either its own answer or the error, never another task's answer.
    @Test(arguments: LiveServer.all)
    func cancellingAtAnyMomentNeverMixesUpAnswers(server: LiveServer) async throws {
      for round in 0..<60 {
        let connection = try await server.connect()
        let tasks = (0..<6).map { number in
          Task { try await connection.value("SELECT \(unsafe: "\(number)")", as: Int.self) }
        }
        try await Task.sleep(for: .microseconds(round * 20))
        tasks[round % 6].cancel()
        for (number, task) in tasks.enumerated() {
          do {
            let answer = try await task.value
            #expect(answer == number)
          } catch let error as MySQLError {
            // A task that begins while another's row is unread is refused.
            #expect([.cancelled, .connectionClosed, .connectionLost, .misuse].contains(error.kind))
          }
        }
        await connection.close()
        try await server.end(connection)
      }
    }
  }
}
