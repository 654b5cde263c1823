/// What something encodes itself as: one value, or the parts of what is then JSON. A `JSONEncoder` makes it JSON.
final class EncodedNode {
  var content = Content.nothing

  enum Content {
    case nothing
    case null
    case value(any Encodable)
    case object([(key: String, node: EncodedNode)])
    case array([EncodedNode])
  }

  /// Adds a part with a key; the last of one key counts.
  func append(_ key: String) -> EncodedNode {
    let node = EncodedNode()
    var parts: [(key: String, node: EncodedNode)] = []
    if case .object(let known) = content { parts = known }
    parts.removeAll { $0.key == key }
    content = .object(parts + [(key, node)])
    return node
  }

  /// Adds a part to a list.
  func append() -> EncodedNode {
    let node = EncodedNode()
    content = .array(parts + [node])
    return node
  }

  /// The parts of a list.
  var parts: [EncodedNode] {
    if case .array(let parts) = content { parts } else { [] }
  }

  /// Becomes something with keys, if it is not that already.
  func becomeObject() {
    if case .object = content { return }
    content = .object([])
  }

  /// Becomes a list, if it is not that already.
  func becomeArray() {
    if case .array = content { return }
    content = .array([])
  }
}

extension EncodedNode: Encodable {
  func encode(to encoder: any Encoder) throws {
    switch content {
    // As a `JSONEncoder` does with what encodes nothing.
    case .nothing: _ = encoder.container(keyedBy: Key.self)
    case .null:
      var container = encoder.singleValueContainer()
      try container.encodeNil()
    case .value(let value):
      var container = encoder.singleValueContainer()
      try container.encode(value)
    case .object(let parts):
      var container = encoder.container(keyedBy: Key.self)
      for part in parts { try container.encode(part.node, forKey: Key(stringValue: part.key)) }
    case .array(let parts):
      var container = encoder.unkeyedContainer()
      for part in parts { try container.encode(part) }
    }
  }

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}
