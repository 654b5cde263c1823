import MySQLWire
import Testing

@Suite(.busy) struct LengthEncodedTests {
  @Test(
    arguments: [
      (0, [0x00]), (250, [0xFA]),
      (251, [0xFC, 0xFB, 0x00]), (65_535, [0xFC, 0xFF, 0xFF]),
      (65_536, [0xFD, 0x00, 0x00, 0x01]), (16_777_215, [0xFD, 0xFF, 0xFF, 0xFF]),
      (16_777_216, [0xFE, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x00]),
      (UInt64.max, [0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]),
    ] as [(UInt64, [UInt8])])
  func writesTheShortestFormAndReadsItBack(value: UInt64, bytes: [UInt8]) throws {
    var writer = ByteWriter()
    writer.writeLengthEncoded(value)
    #expect(writer.bytes == bytes)
    #expect(try read(bytes) == value)
    for count in 0..<bytes.count {
      #expect(throws: Violation.truncated) { try read(Array(bytes[..<count])) }
    }
  }

  @Test(arguments: [0xFB, 0xFF] as [UInt8])
  func refusesMarkersThatAreNotIntegers(marker: UInt8) {
    #expect(throws: Violation.malformed(.lengthEncodedInteger)) {
      try read([marker] + Array(repeating: 0, count: 8))
    }
  }

  @Test func refusesALengthBeyondTheEnd() {
    let bytes: [UInt8] = [0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x41]
    #expect(throws: Violation.truncated) {
      var position = 0
      return try bytes.span.bytes.readLengthEncodedBytes(at: &position)
    }
  }

  private func read(_ bytes: [UInt8]) throws(Violation) -> UInt64 {
    var position = 0
    let value = try bytes.span.bytes.readLengthEncoded(at: &position)
    guard position == bytes.count else { throw .trailingBytes(in: .lengthEncodedInteger) }
    return value
  }
}
