import MySQLTesting
import MySQLWire
import Testing

@Suite(.busy) struct CommandReaderTests {
  /// The number of parameters of such an execution is unknown, and each number could be tried.
  @Test(.notUnder(.address, .thread)) func anExecutionOfAnUnknownStatementTakesTimeInProportion() throws {
    for filling in [0x01, 0x00, 0xFF, 0x06, 0xFC] as [UInt8] {
      var commands = CommandReader([])
      let payload = [0x17, 9, 0, 0, 0, 0, 1, 0, 0, 0] + [UInt8](repeating: filling, count: 80_000)
      let time = processorTime { _ = try? commands.read(payload) }
      #expect(time < .seconds(5), "\(filling)")
    }
  }

  @Test func findsTheParametersOfAnExecutionSentAlongWithItsPreparation() throws {
    for count in [0, 1, 7, 8, 9, 300] {
      var payload: [UInt8] = [0x17, 0xFF, 0xFF, 0xFF, 0xFF, 0, 1, 0, 0, 0]
      if count > 0 {
        payload += [UInt8](repeating: 0, count: (count + 7) / 8) + [1]
        for _ in 0..<count { payload += [8, 0] }
        for number in 0..<count { payload += [UInt8(number & 0xFF), UInt8(number >> 8), 0, 0, 0, 0, 0, 0] }
      }
      var commands = CommandReader([])
      guard case .execute(let execution) = try commands.read(payload) else {
        Issue.record("not an execution")
        continue
      }
      #expect(try execution.parameters.decoded() == (0..<count).map { .integer(Int64($0)) })
    }
  }
}
