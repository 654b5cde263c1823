import Foundation
import MySQLTesting
import MySQLWire
import Testing

/// Servers whose bytes are changed, one at a time. Whatever comes of it, the session must neither trap nor
/// hang, nor take memory for what a changed length announces. A trap ends the run, whose first line tells the seed to
/// repeat it with.
///
/// A session is led through each captured exchange byte by byte. Before each byte, as many sessions as wanted
/// are forked from it, which hear another byte and then some of what follows, up to a limit. Release builds
/// change every byte to two values. Debug builds are a hundred times as slow: they change one byte in fifty
/// to one value, let less follow, and measure no memory. MYSQL_TEST_FLIPS sets the number of values, 255 being all.
@Suite(.busy, .notUnder(.thread)) struct FlippedByteTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let valuesPerByte = environment["MYSQL_TEST_FLIPS"].flatMap { Int($0) } ?? usualValuesPerByte
  /// How many bytes are passed over for one that is changed, and how much of what follows a changed byte is
  /// heard: enough for the packets that it can make to go wrong.
  #if DEBUG
    private static let (usualValuesPerByte, stride, bytesBehind) = (1, 50, 256)
  #else
    private static let (usualValuesPerByte, stride, bytesBehind) = (2, 1, 2048)
  #endif

  private static let seed: UInt64 = {
    let seed = environment["MYSQL_TEST_SEED"].flatMap { UInt64($0) } ?? .random(in: .min ... .max)
    print("Bytes are flipped with MYSQL_TEST_SEED=\(seed)")
    return seed
  }()

  /// Each capture in a process of its own, so that what it takes can be measured.
  @Test(arguments: Fixture.bytewise)
  func survivesFlippedBytes(fixture: Fixture) async throws {
    #if canImport(Glibc) && !DEBUG
      if Sanitizer.current == nil {
        await #expect(processExitsWith: .success) {
          [name = fixture.name as String, seed = Self.seed as UInt64] in
          let exchanges = try Fixture(name).recordedExchanges()
          for exchange in exchanges { exchange.play(try exchange.session()) }
          try Memory.fillGaps()
          // What the bytes take as they were is no growth.
          try FlippedByteTests.changeBytes(of: exchanges) { [$0] }
          let before = try Memory.highWaterMark()
          try FlippedByteTests.flipBytes(of: exchanges, seed)
          let heard = exchanges.map { $0.steps.reduce(0) { $0 + $1.size } }.max() ?? 0
          let growth = try Memory.highWaterMark() - before
          #expect(growth <= 4 * heard + 64 << 10, "\(growth) bytes for \(heard) bytes")
        }
        return
      }
    #endif
    try Self.flipBytes(of: fixture.recordedExchanges(), Self.seed)
  }

  private static func flipBytes(of exchanges: [RecordedExchange], _ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    try changeBytes(of: exchanges) { values(otherThan: $0, using: &generator) }
  }

  private static func changeBytes(of exchanges: [RecordedExchange], to values: (UInt8) -> Set<UInt8>) throws {
    var size = 0
    for exchange in exchanges {
      let leader = try exchange.session()
      for (index, step) in exchange.steps.enumerated() {
        guard case .hear(let bytes) = step else {
          RecordedExchange.play([step], to: leader)
          continue
        }
        let next = exchange.steps[(index + 1)...].prefix(4)
        for position in bytes.indices {
          defer { RecordedExchange.play([.hear([bytes[position]])], to: leader) }
          size += 1
          guard size % stride == 0 else { continue }
          for value in values(bytes[position]) {
            var rest = Array(bytes[position...].prefix(bytesBehind))
            rest[0] = value
            let fork = Dialogue(try leader.session.forked())
            RecordedExchange.play([.hear(rest)] + next, to: fork)
          }
        }
      }
    }
  }

  /// Where more than a few are wanted, the two among them that announce the most: a length of eight bytes, and the
  /// largest byte of a length.
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
