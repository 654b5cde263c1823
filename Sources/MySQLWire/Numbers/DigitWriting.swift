// Decimal digits as the server prints them.
extension ByteWriter {
  /// Writes a number padded with zeros to a width. A number that is wider is written whole.
  mutating func writeDigits(_ value: UInt32, width: Int) {
    var divisor: UInt32 = 1
    var digits = 1
    while digits < 10, digits < width || value / divisor >= 10 {
      divisor *= 10
      digits += 1
    }
    while divisor > 0 {
      writeUInt8(UInt8(ascii: "0") + UInt8(value / divisor % 10))
      divisor /= 10
    }
  }

  mutating func writeClock(_ hours: UInt32, _ minutes: UInt8, _ seconds: UInt8) {
    writeDigits(hours, width: 2)
    writeUInt8(UInt8(ascii: ":"))
    writeDigits(UInt32(minutes), width: 2)
    writeUInt8(UInt8(ascii: ":"))
    writeDigits(UInt32(seconds), width: 2)
  }

  /// Writes a point and the first digits of a fraction of a second, or nothing if no digit is asked for.
  mutating func writeFraction(_ microseconds: UInt32, digits: Int) {
    guard digits > 0 else { return }
    writeUInt8(UInt8(ascii: "."))
    var divisor: UInt32 = 100_000
    for _ in 0..<min(digits, 6) {
      writeUInt8(UInt8(ascii: "0") + UInt8(microseconds / divisor % 10))
      divisor /= 10
    }
  }
}

extension String {
  /// Creates the text that the closure writes.
  init(_ write: (inout ByteWriter) -> Void) {
    var writer = ByteWriter()
    write(&writer)
    self.init(decoding: writer.bytes, as: UTF8.self)
  }
}
