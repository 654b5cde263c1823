import MySQLWire

/// The text of a statement. The question mark for its last value is not written until somebody needs the whole text: a
/// statement that has been prepared is found by its literals.
struct StatementText: Sendable {
  private var head: String
  /// What follows the question mark after the head; nil if the head is all.
  private var rest: String?

  init(_ text: String = "") { head = text }

  /// - Parameter capacity: The number of bytes to reserve.
  init(reserving capacity: Int) {
    head = ""
    head.reserveCapacity(capacity)
  }

  mutating func append(_ text: String) {
    guard !text.isEmpty else { return }
    if rest == nil { head += text } else { rest? += text }
  }

  /// Appends the question mark of a value.
  mutating func appendMark() {
    if let rest { join(rest) }
    rest = ""
  }

  private mutating func join(_ rest: String) {
    head += "?"
    head += rest
  }

  /// The whole text.
  var string: String {
    guard let rest else { return head }
    var whole = self
    whole.join(rest)
    return whole.head
  }

  /// The number of bytes.
  var count: Int { head.utf8.count + (rest.map { $0.utf8.count + 1 } ?? 0) }

  var firstByte: UInt8? { head.utf8.first ?? rest.map { _ in UInt8(ascii: "?") } }
}

// By the exact bytes. Strings that are only equivalent, such as one whose accent is a separate scalar, are equal in
// Swift but not to the server.
extension StatementText: Hashable {
  static func == (left: Self, right: Self) -> Bool {
    // In a loop they are the same literals, at the same places.
    if left.head.isTheSame(as: right.head), left.rest.isTheSame(as: right.rest) { return true }
    guard left.count == right.count else { return false }
    guard left.head.utf8.count == right.head.utf8.count else {
      return left.string.hasSameBytes(as: right.string)
    }
    guard left.head.hasSameBytes(as: right.head) else { return false }
    guard let leftRest = left.rest, let rightRest = right.rest else { return true }
    return leftRest.hasSameBytes(as: rightRest)
  }

  func hash(into hasher: inout Hasher) {
    var string = string
    string.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}

extension String {
  fileprivate func hasSameBytes(as other: String) -> Bool {
    let (own, others) = (utf8, other.utf8)
    return own.span.bytes.hasSameBytes(as: others.span.bytes)
  }

  /// Whether the two are represented alike, as two uses of one literal are.
  @inline(__always)
  fileprivate func isTheSame(as other: String) -> Bool {
    guard MemoryLayout<String>.size == 16 else { return false }
    return withUnsafeBytes(of: self) { own in
      withUnsafeBytes(of: other) { others in
        own.loadUnaligned(as: UInt64.self) == others.loadUnaligned(as: UInt64.self)
          && own.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
            == others.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
      }
    }
  }
}

extension Optional<String> {
  @inline(__always)
  fileprivate func isTheSame(as other: Self) -> Bool {
    guard let self, let other else { return (self == nil) == (other == nil) }
    return self.isTheSame(as: other)
  }
}
