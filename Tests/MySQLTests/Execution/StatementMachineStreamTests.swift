import MySQLWire
import Testing

@testable import MySQL

/// Cursors, streams, files and batches, which take more than a command and its answer.
@Suite(.busy) struct StatementMachineStreamTests {
  @Test func aCursorIsAskedForMoreUntilItHasSentItsLastRow() throws {
    let options = StatementWork.Options(fetchSize: 10)
    Steps.run(
      try Steps.work(options: options), cached: Steps.cached(3),
      [
        (nil, "execute 3"), (.columns(Steps.columns), "columns"),
        (.rowsEnd(Steps.ok(.cursorExists)), "send fetch 10"),
        (.rowsEnd(Steps.ok(.cursorExists)), "send fetch 10"),
        (.rowsEnd(Steps.ok([.cursorExists, .lastRowSent])), "done"),
      ])
    var machine = StatementMachine(try Steps.work(options: options))
    _ = try machine.start(Steps.cached(3))
    _ = try machine.receive(.columns(Steps.columns))
    guard case .resetStatement(3) = machine.closeCursor() else {
      Issue.record("the cursor stays open")
      return
    }
    #expect(machine.closeCursor() == nil)
  }

  @Test func streamsAreSentBeforeTheExecution() throws {
    let streams = [ParameterStream(parameter: 0, .bytes([1]))]
    let work = try Steps.work(options: StatementWork.Options(streams: streams))
    Steps.run(work, [(nil, "send prepare"), (Steps.prepared(3), "upload for 3, note prepared 3")])
    var machine = StatementMachine(work)
    _ = try machine.start(Steps.cached(3))
    let action = machine.actionAfterUpload().map { Steps.describe($0) }
    #expect(action == "execute 3")
    // Once sent, they cannot be sent again.
    #expect(throws: MySQLError.self) { try machine.receive(Steps.refused(1615)) }
  }

  @Test func aFailedSourceGivesOutNothingButItsFailure() throws {
    var machine = StatementMachine(
      try Steps.work(options: StatementWork.Options(streams: [ParameterStream(parameter: 0, .bytes([]))])))
    _ = try machine.start(Steps.cached(3))
    machine.uploadFailure = MySQLError(.encoding, "it failed")
    let action = machine.actionAfterUpload().map { Steps.describe($0) }
    #expect(action == "send reset 3")
    #expect(throws: MySQLError.self) { try machine.receive(.ok(Steps.ok())) }

    var load = StatementMachine(try Steps.work("LOAD …", isPrepared: false))
    _ = try load.start(nil)
    let request = Steps.describe(try load.receive(.localInfile(name: [])))
    #expect(request == "send file")
    load.uploadFailure = MySQLError(.localInfile, "it failed")
    let next = [
      load.actionAfterUpload() == nil ? "nothing" : "something",
      Steps.describe(try load.receive(.ok(Steps.ok(.moreResults)))),
    ]
    #expect(next == ["nothing", "wait"])
    #expect(throws: MySQLError.self) { try load.receive(.ok(Steps.ok())) }
  }

  @Test func aBatchBorrowsItsStatement() throws {
    let work = StatementWork(
      "INSERT INTO t VALUES (?)", isPrepared: true, ParameterList(), .init(isBatch: true))
    Steps.run(work, cached: Steps.cached(3), [(nil, "lend 3")])
    Steps.run(work, [(nil, "send prepare"), (Steps.prepared(3), "lend 3, note prepared 3")])
  }
}
