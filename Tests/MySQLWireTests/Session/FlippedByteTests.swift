import Foundation
import MySQLTesting
import MySQLWire
import Testing

/// Servers whose bytes are changed, one at a time. Whatever comes of it, the session must neither trap nor
/// hang, nor allocate the memory that a changed length announces. A trap ends the run; the first line of the
/// run's output tells the seed with which to repeat it.
///
/// A session is led through each recorded part byte by byte. Before each byte, it is forked as often as wanted;
/// each fork receives another byte and then some of what follows, up to a limit. Release builds change every byte to
/// another value, and one byte in eight under a sanitizer, which doubles the time. Debug builds are a hundred times as
/// slow: they change one byte in fifty, let less follow, and measure no memory. MYSQL_TEST_FLIPS sets the number of
/// values that every byte is changed to; 255 means all.
@Suite(.busy, .notUnder(.thread)) struct FlippedByteTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let askedValues = environment["MYSQL_TEST_FLIPS"].flatMap { Int($0) }
  private static let valuesPerByte = askedValues ?? 1
  /// One byte in `stride` is changed, and a fork then receives at most `bytesAfter` bytes from there on:
  /// enough for the packets that the change can make to go wrong.
  #if DEBUG
    private static let (stride, bytesAfter) = (50, 256)
  #else
    private static let (stride, bytesAfter) = (askedValues == nil && Sanitizer.current != nil ? 8 : 1, 2048)
  #endif

  private static let seed: UInt64 = {
    let seed = environment["MYSQL_TEST_SEED"].flatMap { UInt64($0) } ?? .random(in: .min ... .max)
    print("Bytes are flipped with MYSQL_TEST_SEED=\(seed)")
    return seed
  }()

  /// Runs each capture in its own process, so that the memory it takes can be measured.
  @Test(arguments: Fixture.bytewise)
  func survivesFlippedBytes(fixture: Fixture) async throws {
    #if canImport(Glibc) && !DEBUG
      if Sanitizer.current == nil {
        await #expect(processExitsWith: .success) {
          [name = fixture.name as String, seed = Self.seed as UInt64] in
          let parts = try Fixture(name).recordedParts()
          for part in parts { part.play(try part.session()) }
          try Memory.fillGaps()
          // The memory that the unchanged bytes take does not count as growth. A few forks take as much as many.
          try FlippedByteTests.changeBytes(of: parts, stride: 32) { [$0] }
          let before = try Memory.highWaterMark()
          try FlippedByteTests.flipBytes(of: parts, seed)
          let heard = parts.map { $0.steps.reduce(0) { $0 + $1.size } }.max() ?? 0
          let growth = try Memory.highWaterMark() - before
          #expect(growth <= 4 * heard + 64 << 10, "\(growth) bytes for \(heard) bytes")
        }
        return
      }
    #endif
    try Self.flipBytes(of: fixture.recordedParts(), Self.seed)
  }

  private static func flipBytes(of parts: [RecordedPart], _ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    try changeBytes(of: parts, stride: stride) { values(otherThan: $0, using: &generator) }
  }

  private static func changeBytes(
    of parts: [RecordedPart], stride: Int, to values: (UInt8) -> Set<UInt8>
  ) throws {
    var size = 0
    for part in parts {
      let leader = try part.session()
      for (index, step) in part.steps.enumerated() {
        guard case .hear(let bytes) = step else {
          RecordedPart.play([step], to: leader)
          continue
        }
        let next = part.steps[(index + 1)...].prefix(4)
        for position in bytes.indices {
          defer { RecordedPart.play([.hear([bytes[position]])], to: leader) }
          size += 1
          guard size % stride == 0 else { continue }
          for value in values(bytes[position]) {
            var rest = Array(bytes[position...].prefix(bytesAfter))
            rest[0] = value
            let fork = Dialogue(try leader.session.forked())
            RecordedPart.play([.hear(rest)] + next, to: fork)
          }
        }
      }
    }
  }

  /// Returns as many other values as are wanted. From four values on, two of them are those that announce the
  /// most: 0xFE, a length of eight bytes, and 0xFF, the largest byte of a length.
  private static func values(otherThan byte: UInt8, using generator: inout SeededGenerator) -> Set<UInt8> {
    guard valuesPerByte < 255 else { return Set(0...255).subtracting([byte]) }
    var values: Set<UInt8> = valuesPerByte < 4 ? [] : Set([0xFE, 0xFF]).subtracting([byte])
    while values.count < valuesPerByte {
      let value = UInt8.random(in: 0...255, using: &generator)
      if value != byte { values.insert(value) }
    }
    return values
  }
}
