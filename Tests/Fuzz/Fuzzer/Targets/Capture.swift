import MySQLTesting

func fuzzCapture(_ input: inout Input) {
  let bytes = input.remainder()
  guard let capture = try? CaptureFile(bytes: bytes) else { return }
  var count = 0
  for conversation in capture.conversations {
    count += conversation.clientBytes.count + conversation.serverBytes.count
    expect(conversation.gaps.allSatisfy { $0.count > 0 }, "a gap of nothing")
    for (turn, next) in zip(conversation.turns, conversation.turns.dropFirst()) {
      expect(
        turn.direction != next.direction || next.missingBefore > 0, "two turns of one side without a gap")
    }
  }
  expect(count <= bytes.count, "\(count) bytes out of a file of \(bytes.count)")
}
