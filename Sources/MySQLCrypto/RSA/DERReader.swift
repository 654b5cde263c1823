/// A reader for the few elements of DER that a public key has. It refuses what DER forbids, so that every key
/// has one spelling.
struct DERReader {
  enum Tag: UInt8 {
    case integer = 0x02
    case bitString = 0x03
    case null = 0x05
    case objectIdentifier = 0x06
    case sequence = 0x30
  }

  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) {
    rest = bytes
  }

  var isAtEnd: Bool { rest.isEmpty }

  func isNext(_ tag: Tag) -> Bool {
    rest.first == tag.rawValue
  }

  /// Reads an element and returns its content.
  mutating func read(_ tag: Tag) throws(RSAError) -> ArraySlice<UInt8> {
    guard rest.popFirst() == tag.rawValue else { throw .malformedDER }
    let length = try readLength()
    guard length <= rest.count else { throw .malformedDER }
    defer { rest = rest.dropFirst(length) }
    return rest.prefix(length)
  }

  /// Reads an integer that is not negative and returns its bytes, without the zero byte that may precede them.
  mutating func readUnsignedInteger() throws(RSAError) -> ArraySlice<UInt8> {
    let bytes = try read(.integer)
    guard let first = bytes.first, first < 0x80 else { throw .malformedInteger }
    guard first == 0 else { return bytes }
    let digits = bytes.dropFirst()
    if let next = digits.first, next < 0x80 { throw .malformedInteger }
    return digits
  }

  func finish() throws(RSAError) {
    guard isAtEnd else { throw .trailingBytes }
  }

  /// Reads a length: one byte below 0x80, or the number of length bytes and those bytes, without leading zeros.
  private mutating func readLength() throws(RSAError) -> Int {
    guard let first = rest.popFirst() else { throw .malformedDER }
    if first < 0x80 { return Int(first) }
    let count = Int(first & 0x7F)
    guard 1...3 ~= count, rest.count >= count, rest.first != 0 else { throw .malformedDER }
    let length = rest.prefix(count).reduce(0) { $0 << 8 | Int($1) }
    guard length >= 0x80 else { throw .malformedDER }
    rest = rest.dropFirst(count)
    return length
  }
}
