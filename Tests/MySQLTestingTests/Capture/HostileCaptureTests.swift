import Foundation
import MySQLTesting
import Testing

/// A broken capture ends in a value or a `CaptureError`; a trap would end the test run.
@Suite(.busy) struct HostileCaptureTests {
  private static let names = [
    "ethernet.pcap", "ethernet.pcapng", "nanoseconds.pcap", "cooked1-ipv6.pcap", "cooked2.pcap",
  ]

  private func bytes(of name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: RecordedCaptureTests.directory + name)))
  }

  /// Returns how many bytes the conversations have, which cannot be more than the file has.
  @discardableResult
  private func read(_ bytes: [UInt8]) -> Int {
    do throws(CaptureError) {
      let file = try CaptureFile(bytes: bytes)
      let count = file.conversations.reduce(0) { $0 + $1.clientBytes.count + $1.serverBytes.count }
      #expect(count <= bytes.count)
      #expect(file.conversations.allSatisfy { $0.gaps.allSatisfy { $0.count > 0 } })
      return count
    } catch {
      return 0
    }
  }

  @Test(arguments: names) func endsOrderlyWhereverAFileIsCut(name: String) throws {
    let bytes = try bytes(of: name)
    var last = 0
    for count in 0...bytes.count {
      let said = read(Array(bytes[..<count]))
      #expect(said >= last)
      last = said
    }
    #expect(last == RecordedCaptureTests.messages.joined().count)
  }

  @Test(arguments: names) func endsOrderlyWhateverBitsAreFlipped(name: String) throws {
    let original = try bytes(of: name)
    var random = SeededGenerator(seed: 42)
    for _ in 0..<3000 {
      var bytes = original
      for _ in 0..<Int.random(in: 1...8, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      read(bytes)
    }
  }

  @Test(arguments: names) func endsOrderlyWhateverByteOfAHeaderIsExtreme(name: String) throws {
    let original = try bytes(of: name)
    for index in 0..<min(700, original.count) {
      for value: UInt8 in [0, 1, 0x7F, 0x80, 0xFF] {
        var bytes = original
        bytes[index] = value
        read(bytes)
      }
    }
  }

  @Test func survivesClocksThatNoDurationHolds() {
    let writer = CaptureWriter()
    let packet = Packet.client(1, "x").ethernet()
    for exponent in UInt8.min...UInt8.max {
      for offset in [Int64.min, -1, .max] {
        read(
          writer.pcapng([
            writer.interface(options: [(9, [exponent]), (14, little(offset))]),
            writer.enhanced(packet, ticks: .max), writer.enhanced(packet, ticks: 0),
          ]))
      }
    }
  }

  /// Four times as many packets take less than eight times as long; quadratic code would take sixteen times as long.
  @Test func takesTimeInProportionHoweverSegmentsOverlap() throws {
    #if DEBUG
      let count = 5000
    #else
      let count = 25_000
    #endif
    let few = try timeForOverlappingSegments(count)
    let many = try timeForOverlappingSegments(4 * count)
    #expect(many < few * 8, "\(few) for \(count), \(many) for four times as many")
  }

  private func timeForOverlappingSegments(_ count: Int) throws -> Duration {
    let start = processorTime()
    func file(_ sequence: (Int) -> UInt32, _ payload: String) throws -> CaptureFile.Conversation? {
      var packet = Packet.client(0, payload).ipv4()
      let packets = (0..<count).map { index in
        packet.replaceSubrange(24..<28, with: big(sequence(index)))
        return packet
      }
      return try CaptureFile(bytes: CaptureWriter(link: 101).pcap(packets)).conversations.first
    }
    // In reverse order; all at one place; each overlapping many that follow; each after a gap.
    #expect(try file({ UInt32(count - $0) }, "x")?.clientBytes.count == count)
    #expect(try file({ _ in 7 }, "twice")?.clientBytes.count == 5)
    #expect(
      try file({ UInt32(count - $0) }, String(repeating: "y", count: 100))?.clientBytes.count == count + 99)
    #expect(try file({ UInt32($0 * 2) }, "z")?.gaps.count == count - 1)
    return processorTime() - start
  }
}
