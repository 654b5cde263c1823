/// Values on their way into a statement, each encoded as it is appended.
package struct ParameterList: Sendable, Hashable {
  package static var limit: Int { 65_535 }

  /// The type and the flags of each value. Few arrays, and only as they are needed: an execution makes a list.
  private var heads: [UInt8] = []
  /// Empty if no value has a name.
  private var names: [[UInt8]] = []
  private var values = ByteWriter()
  /// Whether each value stands behind its indicator, as in COM_STMT_BULK_EXECUTE.
  private let hasIndicators: Bool

  // What the server calls unsigned, and what is only ours: the bitmap tells it of NULL.
  private static let unsigned: UInt8 = 0x80
  private static let null: UInt8 = 1

  package init(hasIndicators: Bool = false) { self.hasIndicators = hasIndicators }

  package var count: Int { heads.count / 2 }

  package mutating func append(_ value: Value, name: [UInt8] = []) {
    append(value.parameterType, name: name, isNull: value == .null) { value.writeParameter(to: &$0) }
  }

  /// Appends a value that the closure writes as its type asks. Nothing is written of NULL, and of long data,
  /// which is sent ahead.
  @inline(__always)
  package mutating func append(
    _ type: ParameterType, name: [UInt8] = [], isNull: Bool = false,
    _ write: (inout ByteWriter) -> Void = { _ in }
  ) {
    // STMT_INDICATOR_NONE and STMT_INDICATOR_NULL.
    if hasIndicators { values.writeUInt8(isNull ? 1 : 0) }
    if !isNull { write(&values) }
    appendHead(type, name, isNull)
  }

  private mutating func appendHead(_ type: ParameterType, _ name: [UInt8], _ isNull: Bool) {
    if !name.isEmpty || !names.isEmpty {
      names.append(contentsOf: repeatElement([], count: count - names.count))
      names.append(name)
    }
    heads.append(type.type.rawValue)
    heads.append((type.isUnsigned ? Self.unsigned : 0) | (isNull ? Self.null : 0))
  }

  package mutating func append(contentsOf other: ParameterList) {
    for index in 0..<other.count {
      appendHead(other.type(at: index), other.name(at: index), other.isNull(at: index))
    }
    values.write(other.values.bytes)
  }

  /// Appends values that have no names, under one.
  package mutating func append(contentsOf other: ParameterList, name: [UInt8]) {
    for index in 0..<other.count { appendHead(other.type(at: index), name, other.isNull(at: index)) }
    values.write(other.values.bytes)
  }

  /// Forgets the values, and keeps the room they took.
  package mutating func removeAll() {
    heads.removeAll(keepingCapacity: true)
    names = []
    values.removeAll()
  }

  /// How many bytes the values take.
  package var size: Int { values.count }

  /// Whether no byte of the values can be a part of a character beyond ASCII.
  package var isASCII: Bool { values.bytes.allSatisfy { $0 < 0x80 } }

  package func type(at index: Int) -> ParameterType {
    ParameterType(
      ColumnType(rawValue: heads[2 * index]), isUnsigned: heads[2 * index + 1] & Self.unsigned != 0)
  }

  package func isNull(at index: Int) -> Bool { heads[2 * index + 1] & Self.null != 0 }

  private func name(at index: Int) -> [UInt8] { index < names.count ? names[index] : [] }

  /// The values again, as a server reads them.
  package func decoded() throws(Violation) -> [Value] {
    let bytes = values.bytes.span.bytes
    var position = 0
    var decoded: [Value] = []
    for index in 0..<count {
      guard !isNull(at: index) else {
        decoded.append(.null)
        continue
      }
      let (type, isUnsigned) = (type(at: index).type, type(at: index).isUnsigned)
      let cell = try bytes.readBinaryCell(BinaryLayout(type), at: &position)
      let decoder = ColumnDecoder(
        type: type, flags: isUnsigned ? .unsigned : [],
        collation: (ColumnType.tinyBlob.rawValue...ColumnType.blob.rawValue).contains(type.rawValue)
          ? .binary : .utf8mb4,
        format: .binary)
      decoded.append(try decoder.value(bytes.extracting(cell)))
    }
    return decoded
  }

  func writeValues(to writer: inout ByteWriter) { writer.write(values.bytes) }

  /// The NULL bitmap, the flag that types follow, the types, and the values.
  func write(to writer: inout ByteWriter, sendsTypes: Bool, withNames: Bool) {
    guard count > 0 else { return }
    var bits: UInt8 = 0
    for index in 0..<count {
      if isNull(at: index) { bits |= 1 << UInt8(index % 8) }
      if index % 8 == 7 || index == count - 1 {
        writer.writeUInt8(bits)
        bits = 0
      }
    }
    writer.writeUInt8(sendsTypes ? 1 : 0)
    if sendsTypes {
      for index in 0..<count {
        type(at: index).write(to: &writer)
        if withNames { writer.writeLengthEncoded(bytes: name(at: index)) }
      }
    }
    writer.write(values.bytes)
  }
}
