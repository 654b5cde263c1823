import MySQLWire

/// A reader of a payload that notes each field with its bytes.
struct FieldReader {
  static let mask = "•••"

  let payload: [UInt8]
  /// The size of the header before the payload.
  let headerSize: Int
  var position = 0
  private(set) var fields: [PacketField] = []
  private(set) var fieldsLeftOut = 0
  /// The bytes of secrets, counted as those of fields.
  private(set) var secrets: [Range<Int>] = []

  init(_ payload: [UInt8], headerSize: Int) {
    self.payload = payload
    self.headerSize = headerSize
  }

  var isAtEnd: Bool { position >= payload.count }

  /// Adds a field of the header.
  mutating func addHeader(_ name: String, _ form: PacketField.Form, _ value: String, _ bytes: Range<Int>) {
    append(PacketField(name: name, form: form, value: value, bytes: bytes))
  }

  /// Adds a field from a place in the payload up to the current position.
  ///
  /// - Parameter secret: The part of the payload that must not be shown.
  mutating func add(
    _ name: String, _ form: PacketField.Form, _ value: String, from start: Int, secret: Range<Int>? = nil
  ) {
    let bytes = start + headerSize..<position + headerSize
    if let secret { keepSecret(secret) }
    append(PacketField(name: name, form: form, value: value, bytes: bytes, isSecret: secret != nil))
  }

  private mutating func append(_ field: PacketField) {
    if fields.count < PacketContents.mostFields { fields.append(field) } else { fieldsLeftOut += 1 }
  }

  mutating func keepSecret(_ part: Range<Int>) {
    if !part.isEmpty { secrets.append(part.lowerBound + headerSize..<part.upperBound + headerSize) }
  }

  /// Adds what is left as one field that nobody may see, since it may hold a secret.
  mutating func hideRest(_ name: String, _ value: String = mask) {
    guard !isAtEnd else { return }
    let start = position
    position = payload.count
    add(name, .several, value, from: start, secret: start..<position)
  }

  // MARK: The forms of fields

  /// Reads at the current position, and moves on.
  mutating func take<R>(
    _ body: (_ bytes: borrowing RawSpan, _ place: inout Int) throws(Violation) -> R
  ) throws(Violation) -> R {
    let payload = payload
    var place = position
    let result = try body(payload.span.bytes, &place)
    position = place
    return result
  }

  mutating func integer<I: FixedWidthInteger & BitwiseCopyable>(
    _ name: String, _ type: I.Type, form: PacketField.Form = .integer, _ text: (I) -> String = { "\($0)" }
  ) throws(Violation) -> I {
    let start = position
    let value = try take { (bytes, place) throws(Violation) in try bytes.readInteger(type, at: &place) }
    add(name, form, text(value), from: start)
    return value
  }

  mutating func integer24(_ name: String, _ text: (UInt32) -> String) throws(Violation) {
    let start = position
    let value = try take { (bytes, place) throws(Violation) in try bytes.readUInt24(at: &place) }
    add(name, .integer, text(value), from: start)
  }

  mutating func lengthEncoded(
    _ name: String, _ text: (UInt64) -> String = { "\($0)" }
  ) throws(Violation) -> UInt64 {
    let start = position
    let value = try take { (bytes, place) throws(Violation) in try bytes.readLengthEncoded(at: &place) }
    add(name, .lengthEncodedInteger, text(value), from: start)
    return value
  }

  /// Reads the size of the fields that follow. Returns where they end.
  mutating func readSize(_ name: String) throws(Violation) -> Int {
    let size = try lengthEncoded(name) { FieldText.bytes(Int(clamping: $0)) }
    return position + min(Int(clamping: size), payload.count - position)
  }

  /// Reads bytes after their length. Returns where they are, without the length.
  mutating func lengthEncodedBytes(
    _ name: String, isSecret: Bool = false, _ text: (ArraySlice<UInt8>) -> String = Self.text
  ) throws(Violation) -> Range<Int> {
    let start = position
    let range = try take { (bytes, place) throws(Violation) in try bytes.readLengthEncodedRange(at: &place) }
    add(
      name, .lengthEncodedBytes, isSecret ? Self.masked(range) : text(payload[range]), from: start,
      secret: isSecret && !range.isEmpty ? range : nil)
    return range
  }

  mutating func nullTerminated(
    _ name: String, _ text: (ArraySlice<UInt8>) -> String = Self.text
  ) throws(Violation) {
    let start = position
    let count = try take { (bytes, place) throws(Violation) in try bytes.readNullTerminated(at: &place).count
    }
    add(name, .nullTerminated, text(payload[start..<start + count]), from: start)
  }

  mutating func fixed(
    _ name: String, _ count: Int, form: PacketField.Form = .fixedBytes,
    _ text: (ArraySlice<UInt8>) -> String = { FieldText.bytes($0.count) }
  ) throws(Violation) {
    let range = try take { (bytes, place) throws(Violation) in try bytes.readRange(count, at: &place) }
    add(name, form, text(payload[range]), from: range.lowerBound)
  }

  mutating func rest(_ name: String, _ text: (ArraySlice<UInt8>) -> String = Self.text) {
    let start = position
    position = payload.count
    add(name, .rest, text(payload[start...]), from: start)
  }

  static func text(_ bytes: ArraySlice<UInt8>) -> String {
    bytes.isEmpty ? "(empty)" : FieldText.lines(bytes)
  }

  static func masked(_ range: Range<Int>) -> String { range.isEmpty ? "none" : mask }
}
