import Foundation
import MySQLTesting
import MySQLWire
import Testing

/// Servers whose bytes are changed, one at a time. Whatever comes of it, the session must neither trap nor
/// hang. A trap ends the run, whose first line tells the seed to repeat it with.
///
/// A session is led through each captured exchange byte by byte. Before each byte, as many sessions as wanted
/// are forked from it, which hear another byte and then some of what follows, up to a limit. Release builds
/// change every byte to eight values. Debug builds are a hundred times as slow: they change one byte in fifty
/// to one value, and let less follow. MYSQL_TEST_FLIPS sets the number of values, 255 being all.
@Suite(.busy, .notUnder(.thread)) struct FlippedByteTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let valuesPerByte = environment["MYSQL_TEST_FLIPS"].flatMap { Int($0) } ?? usualValuesPerByte
  /// How many bytes are passed over for one that is changed, and how much of what follows a changed byte is
  /// heard: enough for the packets that it can make to go wrong.
  #if DEBUG
    private static let (usualValuesPerByte, stride, bytesBehind) = (1, 50, 256)
  #else
    private static let (usualValuesPerByte, stride, bytesBehind) = (8, 1, 2048)
  #endif

  private static let seed: UInt64 = {
    let seed = environment["MYSQL_TEST_SEED"].flatMap { UInt64($0) } ?? .random(in: .min ... .max)
    print("Bytes are flipped with MYSQL_TEST_SEED=\(seed)")
    return seed
  }()

  @Test(arguments: Fixture.bytewise)
  func survivesFlippedBytes(fixture: Fixture) throws {
    var generator = SeededGenerator(seed: Self.seed)
    var (size, flips) = (0, 0)
    for exchange in try fixture.recordedExchanges() {
      let leader = try exchange.session()
      for (index, step) in exchange.steps.enumerated() {
        guard case .hear(let bytes) = step else {
          RecordedExchange.play([step], to: leader)
          continue
        }
        for position in bytes.indices {
          defer { RecordedExchange.play([.hear([bytes[position]])], to: leader) }
          size += 1
          guard size % Self.stride == 0 else { continue }
          for mask in Self.masks(using: &generator) {
            var rest = Array(bytes[position...].prefix(Self.bytesBehind))
            rest[0] ^= mask
            let fork = Dialogue(try leader.session.forked())
            RecordedExchange.play([.hear(rest)] + exchange.steps[(index + 1)...].prefix(4), to: fork)
            flips += 1
          }
        }
      }
    }
    print("\(fixture.name): \(flips) flips in \(size) bytes")
  }

  private static func masks(using generator: inout SeededGenerator) -> [UInt8] {
    guard valuesPerByte < 255 else { return Array(1...255) }
    var masks: Set<UInt8> = []
    while masks.count < valuesPerByte { masks.insert(.random(in: 1...255, using: &generator)) }
    return Array(masks)
  }
}
