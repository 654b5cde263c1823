import Foundation
import MySQLTesting
import MySQLWire
import Testing

/// What the server's code writes is what a client reads, and what real servers wrote.
@Suite(.timed) struct ServerMessageTests {
  @Test(arguments: [Capabilities.sessionTrack, []]) func readsAnOKAsWritten(capabilities: Capabilities) throws
  {
    var ok = OKPacket()
    ok.affectedRows = 70_000
    ok.lastInsertID = .max
    ok.status = [.autocommit, .sessionStateChanged]
    ok.warnings = 3
    ok.info = "Rows matched: 1"
    if capabilities.contains(.sessionTrack) {
      ok.changes = [
        .variable(name: "time_zone", value: "SYSTEM"), .schema("shop"), .state(changed: true),
        .gtids("0-1-2"), .transactionCharacteristics("START TRANSACTION;"), .transactionState("T_______"),
        .unknown(kind: 77, data: [1, 2]),
      ]
    }
    let payload = Self.payload { ok.write(to: &$0, capabilities) }
    #expect(try OKPacket(payload: payload, capabilities: capabilities) == ok)
  }

  @Test func readsOtherMessagesAsWritten() throws {
    let error = ErrorPacket(code: 1040, message: "Too many connections")
    #expect(try ErrorPacket(payload: Self.payload { error.write(to: &$0) }) == error)
    let end = EOFPacket(warnings: 9, status: .moreResults)
    #expect(try EOFPacket(payload: Self.payload { end.write(to: &$0) }) == end)
    let prepared = PrepareOK(statement: 7, columns: 300, parameters: 2, warnings: 1)
    #expect(try PrepareOK(payload: Self.payload { prepared.write(to: &$0) }) == prepared)
    let report = ProgressReport(stage: 1, stages: 3, progress: 99_999, activity: "copy to tmp table")
    #expect(try ProgressReport(payload: Self.payload { report.write(to: &$0) }) == report)
    let request = AuthSwitch(plugin: "client_ed25519", challenge: Array(1...32))
    #expect(try AuthSwitch(payload: Self.payload { request.write(to: &$0) }) == request)
    let factor = AuthNextFactor(plugin: "mysql_clear_password", challenge: [])
    #expect(try AuthNextFactor(payload: Self.payload { factor.write(to: &$0) }) == factor)
  }

  @Test(arguments: Captures.readable) func writesWhatRealServersWrote(name: String) throws {
    for conversation in try Captures.load(name).conversations {
      var isFirst = true
      var capabilities = Capabilities()
      for (direction, payload) in Captures.packets(of: conversation) {
        if direction == .client {
          if capabilities.isEmpty { capabilities = try HandshakeResponse(payload: payload).capabilities }
        } else if isFirst, payload.first == 10 {
          let greeting = try Greeting(payload: payload)
          #expect(Self.payload { greeting.write(to: &$0) } == payload)
        } else if payload.starts(with: [3] + Array("def".utf8)) {
          let column = try ColumnDefinition(payload: payload, capabilities: capabilities)
          #expect(Self.payload { column.write(to: &$0, capabilities) } == payload)
        } else if payload.first == ErrorPacket.header, !ProgressReport.matches(payload) {
          let error = try ErrorPacket(payload: payload)
          #expect(Self.payload { error.write(to: &$0) } == payload)
        } else if payload.first == EOFPacket.header, payload.count > 5, payload.count < 100,
          let ok = try? OKPacket(payload: payload, capabilities: capabilities)
        {
          #expect(Self.payload { ok.write(to: &$0, capabilities, header: EOFPacket.header) } == payload)
        }
        isFirst = false
      }
    }
  }

  private static func payload(_ write: (inout ByteWriter) -> Void) -> [UInt8] {
    var writer = ByteWriter()
    write(&writer)
    return writer.finish()
  }
}
