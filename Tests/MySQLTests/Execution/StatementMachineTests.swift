import MySQLWire
import Testing

@testable import MySQL

/// What a statement does next, depending on what has happened: tables of events and actions, without a server.
@Suite(.busy) struct StatementMachineTests {
  @Test func aStatementWithoutValuesIsSentAsText() throws {
    Steps.run(
      try Steps.work("SELECT 1", isPrepared: false),
      [
        (nil, "query"), (.columns(Steps.columns), "columns"), (.rowsEnd(Steps.ok()), "done"),
      ])
    Steps.run(
      try Steps.work("SELECT 1; SELECT 2", isPrepared: false),
      [
        (nil, "query"), (.ok(Steps.ok(.moreResults)), "done, more follow"),
        (.columns(Steps.columns), "columns"), (Steps.refused(1064), "throw 1064"),
      ])
  }

  @Test func aStatementIsPreparedOnceAndExecutedByItsNumberFromThenOn() throws {
    Steps.run(
      try Steps.work(),
      [
        (nil, "send prepare"), (Steps.prepared(3), "execute 3, note prepared 3"),
        (.columns(Steps.columns), "columns"), (.rowsEnd(Steps.ok()), "done"),
      ])
    Steps.run(
      try Steps.work(), cached: Steps.cached(3),
      [(nil, "execute 3"), (.columns(Steps.columns), "columns"), (.rowsEnd(Steps.ok()), "done")])
  }

  @Test func changedColumnsAreNoted() throws {
    let others = ResultColumns(Steps.columns.definitions, format: .binary)
    Steps.run(
      try Steps.work(), cached: Steps.cached(3),
      [(nil, "execute 3"), (.columns(others), "columns, note defined"), (.rowsEnd(Steps.ok()), "done")])
  }

  @Test func theNumberOfValuesMustBeThatOfThePlaceholders() throws {
    Steps.run(try Steps.work(), cached: Steps.cached(3, 2), [(nil, "throw encoding")])
    Steps.run(
      try Steps.work(), [(nil, "send prepare"), (Steps.prepared(3, 0), "throw encoding, note prepared 3")])
  }

  @Test(arguments: [1295, 6413, 1047] as [UInt16]) func whatCannotBePreparedIsSentAsText(code: UInt16) throws
  {
    Steps.run(
      try Steps.work("KILL ?"),
      [(nil, "send prepare"), (Steps.refused(code), "send query"), (.ok(Steps.ok()), "done")])
    // It is not certain where the placeholder is.
    Steps.run(
      try Steps.work("KILL /*! ? */"), [(nil, "send prepare"), (Steps.refused(code), "throw encoding")])
    Steps.run(try Steps.work("SELEKT ?"), [(nil, "send prepare"), (Steps.refused(1064), "throw 1064")])
  }

  @Test(arguments: [1243, 1615] as [UInt16]) func aLostStatementIsPreparedAgainTwiceAtMost(
    code: UInt16
  ) throws {
    Steps.run(
      try Steps.work(), cached: Steps.cached(3),
      [
        (nil, "execute 3"), (Steps.refused(code), "send prepare, note lost"),
        (Steps.prepared(4), "execute 4, note prepared 4"), (Steps.refused(code), "send prepare, note lost"),
        (Steps.prepared(5), "execute 5, note prepared 5"), (Steps.refused(code), "throw \(code), note lost"),
      ])
  }

  @Test func nothingIsDoneAgainOnceTheServerHasBegunToAnswerOrOthersMayHaveRun() throws {
    Steps.run(
      try Steps.work(), cached: Steps.cached(3),
      [
        (nil, "execute 3"), (.columns(Steps.columns), "columns"),
        (Steps.refused(1615), "throw 1615, note lost"),
      ])
    Steps.run(
      try Steps.work("CALL p(?)"), cached: Steps.cached(3),
      [(nil, "execute 3"), (Steps.refused(1615), "throw 1615, note lost")])
    // A trigger raised it.
    Steps.run(
      try Steps.work(), cached: Steps.cached(3),
      [(nil, "execute 3"), (Steps.refused(1615, "45000"), "throw 1615, note lost")])
  }

  @Test func changesOfTheSessionAreNoted() throws {
    var ok = Steps.ok()
    ok.changes = [.schema("shop")]
    Steps.run(
      try Steps.work("CALL p()", isPrepared: false), [(nil, "query"), (.ok(ok), "done, note changed 1")])
  }

  @Test func anEventOutOfPlaceIsAViolation() throws {
    let early: [Event] = [.columns(Steps.columns), .ok(Steps.ok())]
    for event in early {
      Steps.run(try Steps.work(), [(nil, "send prepare"), (event, "throw protocolViolation")])
    }
    Steps.run(
      try Steps.work(), cached: Steps.cached(3),
      [(nil, "execute 3"), (Steps.prepared(4), "throw protocolViolation")])
    for event in [Event.needsInput, .startTLS, .ready(Steps.ok()), .statistics("")] {
      Steps.run(
        try Steps.work("SELECT 1", isPrepared: false), [(nil, "query"), (event, "throw protocolViolation")])
    }
    Steps.run(
      try Steps.work("SELECT 1", isPrepared: false),
      [(nil, "query"), (.closed(ErrorPacket(code: 4031, message: "bye")), "throw 4031")])
  }
}
