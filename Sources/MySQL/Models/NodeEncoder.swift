/// A node as an `Encoder`.
struct NodeEncoder: Encoder {
  let node: EncodedNode

  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    node.content = .object
    return KeyedEncodingContainer(NodeObject<Key>(node: node))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    node.content = .array
    return NodeArray(node: node)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { NodeValue(node: node) }
}

/// The parts of a node by their keys.
private struct NodeObject<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let node: EncodedNode

  var codingPath: [any CodingKey] { [] }

  func encodeNil(forKey key: Key) { node.append(key.stringValue).content = .null }
  func encode<Value: Encodable>(_ value: Value, forKey key: Key) {
    node.append(key.stringValue).content = .value(value)
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    NodeEncoder(node: node.append(key.stringValue)).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    NodeEncoder(node: node.append(key.stringValue)).unkeyedContainer()
  }

  func superEncoder() -> any Encoder { NodeEncoder(node: node.append("super")) }
  func superEncoder(forKey key: Key) -> any Encoder { NodeEncoder(node: node.append(key.stringValue)) }
}

/// The parts of a node in their order.
private struct NodeArray: UnkeyedEncodingContainer {
  let node: EncodedNode

  var codingPath: [any CodingKey] { [] }
  var count: Int { node.parts.count }

  func encodeNil() { node.append().content = .null }
  func encode<Value: Encodable>(_ value: Value) { node.append().content = .value(value) }

  func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
    NodeEncoder(node: node.append()).container(keyedBy: type)
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    NodeEncoder(node: node.append()).unkeyedContainer()
  }

  func superEncoder() -> any Encoder { NodeEncoder(node: node.append()) }
}

/// A node that is one value.
private struct NodeValue: SingleValueEncodingContainer {
  let node: EncodedNode

  var codingPath: [any CodingKey] { [] }

  func encodeNil() { node.content = .null }
  func encode<Value: Encodable>(_ value: Value) { node.content = .value(value) }
}
