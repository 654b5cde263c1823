import MySQLWire
import Testing

@Suite(.busy) struct OutputTests {
  private struct Refused: Error {}

  @Test func showsWhatWasNotTakenAgain() throws {
    let dialogue = try Dialogue.loggedIn()
    try dialogue.send(.query("SELECT 1"))
    try dialogue.send(.ping)
    let other = try Dialogue.loggedIn()
    try other.send(.query("SELECT 1"))
    try other.send(.ping)
    let expected = other.takeOutput()

    var sent: Bytes = []
    while dialogue.hasOutput {
      dialogue.session.withOutput { bytes in
        #expect(bytes.byteCount == expected.count - sent.count)
        let count = min(7, bytes.byteCount)
        sent += bytes.bytes(in: 0..<count)
        return count
      }
    }
    #expect(sent == expected)
    dialogue.session.withOutput { bytes in
      #expect(bytes.byteCount == 0)
      return 0
    }
  }

  @Test func takesTheRestOfWhatWasShown() throws {
    let dialogue = try Dialogue.loggedIn()
    try dialogue.send(.query("SELECT 1"))
    dialogue.session.withOutput { _ in 3 }
    try dialogue.send(.ping)
    #expect(dialogue.takeOutput() == packet(0, [3, 0, 1] + "SELECT 1".utf8).dropFirst(3) + packet(0, [14]))
    #expect(!dialogue.hasOutput)
  }

  @Test func keepsWhatCouldNotBeSent() throws {
    let dialogue = try Dialogue.loggedIn()
    try dialogue.send(.ping)
    #expect(throws: Refused.self) {
      try dialogue.session.withOutput { (_) throws(Refused) in throw Refused() }
    }
    #expect(dialogue.takeOutput() == packet(0, [14]))
  }

  @Test func writesTheNextCommandIntoTheSameMemoryUnlessItIsLarge() throws {
    let dialogue = try Dialogue.loggedIn()
    func send(_ command: Command) throws -> UnsafeRawPointer? {
      try dialogue.send(command)
      var address: UnsafeRawPointer?
      dialogue.session.withOutput { bytes in
        address = bytes.withUnsafeBytes { $0.baseAddress }
        return bytes.byteCount
      }
      try dialogue.hear(packet(1, ok()))
      return address
    }
    let first = try send(.ping)
    #expect(try send(.query("DO 1")) == first)
    let large = try send(.query(Bytes(repeating: 0x20, count: 1 << 20)))
    #expect(try send(.ping) != large)
  }

  @Test func showsTheTapWhatWasTakenOnce() throws {
    let dialogue = try Dialogue.loggedIn()
    // The session calls the tap on this thread, within `withOutput`.
    nonisolated(unsafe) var pieces: [Bytes] = []
    dialogue.session.tap = { bytes, isFromServer in if !isFromServer { pieces.append(bytes) } }
    try dialogue.send(.query("SELECT 1"))
    for count in [0, 5, 4] { dialogue.session.withOutput { _ in count } }
    dialogue.session.withOutput { $0.byteCount }
    let expected = packet(0, [3, 0, 1] + "SELECT 1".utf8)
    #expect(pieces == [Array(expected[..<5]), Array(expected[5..<9]), Array(expected[9...])])
  }
}
