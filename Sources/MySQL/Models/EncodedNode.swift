/// What a value encodes itself as: a single value, or parts that a `JSONEncoder` then turns into JSON.
final class EncodedNode {
  var content = Content.nothing
  /// The parts of an object or array.
  private(set) var parts: [EncodedNode] = []
  /// The keys of an object, one for each part, and the index of each key.
  private var keys: [String] = []
  private var places: [String: Int] = [:]

  enum Content {
    case nothing
    case null
    case value(any Encodable)
    case object
    case array
  }

  /// Adds a part with a key. If a key occurs twice, the last part counts.
  func append(_ key: String) -> EncodedNode {
    let node = EncodedNode()
    if let place = places[key] {
      parts[place] = node
    } else {
      places[key] = parts.count
      keys.append(key)
      parts.append(node)
    }
    return node
  }

  /// Adds a part to a list.
  func append() -> EncodedNode {
    let node = EncodedNode()
    parts.append(node)
    return node
  }
}

extension EncodedNode: Encodable {
  func encode(to encoder: any Encoder) throws {
    switch content {
    // `JSONEncoder` does the same for a value that encodes nothing.
    case .nothing: _ = encoder.container(keyedBy: Key.self)
    case .null:
      var container = encoder.singleValueContainer()
      try container.encodeNil()
    case .value(let value):
      var container = encoder.singleValueContainer()
      try container.encode(value)
    case .object:
      var container = encoder.container(keyedBy: Key.self)
      for (key, part) in zip(keys, parts) { try container.encode(part, forKey: Key(stringValue: key)) }
    case .array:
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
