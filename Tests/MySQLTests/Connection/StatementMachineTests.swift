import MySQLWire
import Testing

@testable import MySQL

/// What a statement does next, depending on what has happened: tables of events and actions, without a server.
@Suite(.busy) struct StatementMachineTests {
  /// An event that a machine receives, and the action that it must then take. The first step starts the machine.
  private typealias Step = (event: Event?, action: String)

  private static let columns = ResultColumns(
    [
      ColumnDefinition(
        name: "a", collation: .utf8mb4, length: 1, type: .varString, flags: [], decimals: 0)
    ], format: .binary)
  private static let noColumns = ResultColumns([], format: .binary)

  private static func ok(_ status: StatusFlags = []) -> OKPacket {
    var ok = OKPacket()
    ok.status = status
    return ok
  }

  private static func refused(_ code: UInt16, _ state: String? = "HY000") -> Event {
    .failed(ErrorPacket(code: code, sqlState: state, message: "no"))
  }

  private static func prepared(_ id: UInt32, _ parameters: Int = 1) -> Event {
    let definition = ColumnDefinition(
      name: "?", collation: .binary, length: 1, type: .longLong, flags: [], decimals: 0)
    return .prepared(
      PreparedStatement(
        id: id, warnings: 0, parameters: Array(repeating: definition, count: parameters), columns: columns))
  }

  private static func cached(_ id: UInt32, _ parameters: Int = 1) -> StatementCache.Statement {
    StatementCache.Statement(id: id, parameters: parameters, columns: columns)
  }

  private static func work(
    _ sql: String = "SELECT a FROM t WHERE id = ?", isPrepared: Bool = true,
    options: StatementWork.Options? = nil
  ) throws -> StatementWork {
    var writer = MySQLParameterWriter()
    if isPrepared { try writer.append(7) }
    return StatementWork(sql, isPrepared: isPrepared, writer.list, options)
  }

  /// Runs a machine over the steps.
  private func run(
    _ work: StatementWork, cached: StatementCache.Statement? = nil, _ steps: [Step],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var machine = StatementMachine(work)
    for (number, step) in steps.enumerated() {
      var done: String
      do throws(MySQLError) {
        let action =
          if let event = step.event { try machine.receive(event) } else { try machine.start(cached) }
        done = describe(action)
      } catch {
        done = "throw \(error.server.map { "\($0.code.rawValue)" } ?? "\(error.kind)")"
      }
      if let note = machine.takeNote() { done += ", note \(describe(note))" }
      #expect(done == step.action, "step \(number)", sourceLocation: sourceLocation)
    }
  }

  @Test func aStatementWithoutValuesIsSentAsText() throws {
    run(
      try Self.work("SELECT 1", isPrepared: false),
      [
        (nil, "query"), (.columns(Self.columns), "columns"), (.rowsEnd(Self.ok()), "done"),
      ])
    run(
      try Self.work("SELECT 1; SELECT 2", isPrepared: false),
      [
        (nil, "query"), (.ok(Self.ok(.moreResults)), "done, more follow"),
        (.columns(Self.columns), "columns"), (Self.refused(1064), "throw 1064"),
      ])
  }

  @Test func aStatementIsPreparedOnceAndExecutedByItsNumberFromThenOn() throws {
    run(
      try Self.work(),
      [
        (nil, "send prepare"), (Self.prepared(3), "execute 3, note prepared 3"),
        (.columns(Self.columns), "columns"), (.rowsEnd(Self.ok()), "done"),
      ])
    run(
      try Self.work(), cached: Self.cached(3),
      [(nil, "execute 3"), (.columns(Self.columns), "columns"), (.rowsEnd(Self.ok()), "done")])
  }

  @Test func columnsThatAreOthersThanBeforeAreNoted() throws {
    let others = ResultColumns(Self.columns.definitions, format: .binary)
    run(
      try Self.work(), cached: Self.cached(3),
      [(nil, "execute 3"), (.columns(others), "columns, note defined"), (.rowsEnd(Self.ok()), "done")])
  }

  @Test func theNumberOfValuesMustBeThatOfThePlaceholders() throws {
    run(try Self.work(), cached: Self.cached(3, 2), [(nil, "throw encoding")])
    run(
      try Self.work(), [(nil, "send prepare"), (Self.prepared(3, 0), "throw encoding, note prepared 3")])
  }

  @Test(arguments: [1295, 6413, 1047] as [UInt16]) func whatCannotBePreparedIsSentAsText(code: UInt16) throws
  {
    run(
      try Self.work("KILL ?"),
      [(nil, "send prepare"), (Self.refused(code), "send query"), (.ok(Self.ok()), "done")])
    // It is not certain where the placeholder is.
    run(try Self.work("KILL /*! ? */"), [(nil, "send prepare"), (Self.refused(code), "throw encoding")])
    run(try Self.work("SELEKT ?"), [(nil, "send prepare"), (Self.refused(1064), "throw 1064")])
  }

  @Test(arguments: [1243, 1615] as [UInt16]) func aLostStatementIsPreparedAgainTwiceAtMost(
    code: UInt16
  ) throws {
    run(
      try Self.work(), cached: Self.cached(3),
      [
        (nil, "execute 3"), (Self.refused(code), "send prepare, note lost"),
        (Self.prepared(4), "execute 4, note prepared 4"), (Self.refused(code), "send prepare, note lost"),
        (Self.prepared(5), "execute 5, note prepared 5"), (Self.refused(code), "throw \(code), note lost"),
      ])
  }

  @Test func nothingIsDoneAgainOnceTheServerHasBegunToAnswerOrOthersMayHaveRun() throws {
    run(
      try Self.work(), cached: Self.cached(3),
      [
        (nil, "execute 3"), (.columns(Self.columns), "columns"),
        (Self.refused(1615), "throw 1615, note lost"),
      ])
    run(
      try Self.work("CALL p(?)"), cached: Self.cached(3),
      [(nil, "execute 3"), (Self.refused(1615), "throw 1615, note lost")])
    // A trigger raised it.
    run(
      try Self.work(), cached: Self.cached(3),
      [(nil, "execute 3"), (Self.refused(1615, "45000"), "throw 1615, note lost")])
  }

  @Test func aCursorIsAskedForMoreUntilItHasSentItsLastRow() throws {
    let options = StatementWork.Options(fetchSize: 10)
    run(
      try Self.work(options: options), cached: Self.cached(3),
      [
        (nil, "execute 3"), (.columns(Self.columns), "columns"),
        (.rowsEnd(Self.ok(.cursorExists)), "send fetch 10"),
        (.rowsEnd(Self.ok(.cursorExists)), "send fetch 10"),
        (.rowsEnd(Self.ok([.cursorExists, .lastRowSent])), "done"),
      ])
    var machine = StatementMachine(try Self.work(options: options))
    _ = try machine.start(Self.cached(3))
    _ = try machine.receive(.columns(Self.columns))
    guard case .resetStatement(3) = machine.closeCursor() else {
      Issue.record("the cursor stays open")
      return
    }
    #expect(machine.closeCursor() == nil)
  }

  @Test func streamsAreSentBeforeTheExecution() throws {
    let streams = [ParameterStream(parameter: 0, .bytes([1]))]
    let work = try Self.work(options: StatementWork.Options(streams: streams))
    run(work, [(nil, "send prepare"), (Self.prepared(3), "upload for 3, note prepared 3")])
    var machine = StatementMachine(work)
    _ = try machine.start(Self.cached(3))
    let action = machine.actionAfterUpload().map { describe($0) }
    #expect(action == "execute 3")
    // Once sent, they cannot be sent again.
    #expect(throws: MySQLError.self) { try machine.receive(Self.refused(1615)) }
  }

  @Test func ofAFailedSourceNothingIsGivenOutButTheFailure() throws {
    var machine = StatementMachine(
      try Self.work(options: StatementWork.Options(streams: [ParameterStream(parameter: 0, .bytes([]))])))
    _ = try machine.start(Self.cached(3))
    machine.uploadFailure = MySQLError(.encoding, "it failed")
    let action = machine.actionAfterUpload().map { describe($0) }
    #expect(action == "send reset 3")
    #expect(throws: MySQLError.self) { try machine.receive(.ok(Self.ok())) }

    var load = StatementMachine(try Self.work("LOAD …", isPrepared: false))
    _ = try load.start(nil)
    let request = describe(try load.receive(.localInfile(name: [])))
    #expect(request == "send file")
    load.uploadFailure = MySQLError(.localInfile, "it failed")
    let next = [
      load.actionAfterUpload() == nil ? "nothing" : "something",
      describe(try load.receive(.ok(Self.ok(.moreResults)))),
    ]
    #expect(next == ["nothing", "wait"])
    #expect(throws: MySQLError.self) { try load.receive(.ok(Self.ok())) }
  }

  @Test func aBatchGetsTheStatementLent() throws {
    let work = StatementWork(
      "INSERT INTO t VALUES (?)", isPrepared: true, ParameterList(), .init(isBatch: true))
    run(work, cached: Self.cached(3), [(nil, "lend 3")])
    run(work, [(nil, "send prepare"), (Self.prepared(3), "lend 3, note prepared 3")])
  }

  @Test func changesOfTheSessionAreNoted() throws {
    var ok = Self.ok()
    ok.changes = [.schema("shop")]
    run(
      try Self.work("CALL p()", isPrepared: false), [(nil, "query"), (.ok(ok), "done, note changed 1")])
  }

  @Test func anEventOutOfPlaceIsNoAnswer() throws {
    let early: [Event] = [.columns(Self.columns), .ok(Self.ok())]
    for event in early {
      run(try Self.work(), [(nil, "send prepare"), (event, "throw protocolViolation")])
    }
    run(
      try Self.work(), cached: Self.cached(3),
      [(nil, "execute 3"), (Self.prepared(4), "throw protocolViolation")])
    for event in [Event.needsInput, .startTLS, .ready(Self.ok()), .statistics("")] {
      run(try Self.work("SELECT 1", isPrepared: false), [(nil, "query"), (event, "throw protocolViolation")])
    }
    run(
      try Self.work("SELECT 1", isPrepared: false),
      [(nil, "query"), (.closed(ErrorPacket(code: 4031, message: "bye")), "throw 4031")])
  }

  private func describe(_ action: StatementMachine.Action) -> String {
    switch action {
    case .query: "query"
    case .execute(let id, _): "execute \(id)"
    case .send(.prepare): "send prepare"
    case .send(.query): "send query"
    case .send(.fetch(_, let rows, _)): "send fetch \(rows)"
    case .send(.resetStatement(let id)): "send reset \(id)"
    case .send: "send something else"
    case .upload(let id): "upload for \(id)"
    case .sendFile: "send file"
    case .lend(let statement): "lend \(statement.id)"
    case .rows: "rows"
    case .give(.columns): "columns"
    case .give(.rows): "rows"
    case .give(.done(_, let hasMore)): hasMore ? "done, more follow" : "done"
    case .wait: "wait"
    }
  }

  private func describe(_ note: StatementMachine.Note) -> String {
    switch note {
    case .prepared(let statement): "prepared \(statement.id)"
    case .lost: "lost"
    case .defined: "defined"
    case .changed(let changes): "changed \(changes.count)"
    }
  }
}
