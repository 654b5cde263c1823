/// Values on their way into a statement, each encoded as it is appended.
package struct ParameterList: Sendable, Equatable {
  package static var limit: Int { 65_535 }

  package private(set) var count = 0
  /// A bit for each value, set where it is NULL.
  private var nulls: [UInt8] = []
  private var types: [UInt8] = []
  private var names: [[UInt8]] = []
  private var values = ByteWriter()

  package init() {}

  package mutating func append(_ value: Value, name: [UInt8] = []) {
    append(value.parameterType, name: name, isNull: value == .null) { value.writeParameter(to: &$0) }
  }

  /// Appends a value that the closure writes as its type asks. Nothing is written of NULL, and of long data,
  /// which is sent ahead.
  package mutating func append(
    _ type: ParameterType, name: [UInt8] = [], isNull: Bool = false,
    _ write: (inout ByteWriter) -> Void = { _ in }
  ) {
    if count % 8 == 0 { nulls.append(0) }
    if isNull { nulls[count / 8] |= 1 << UInt8(count % 8) } else { write(&values) }
    types.append(type.type.rawValue)
    types.append(type.isUnsigned ? 0x80 : 0)
    names.append(name)
    count += 1
  }

  package mutating func append(contentsOf other: ParameterList) {
    for index in 0..<other.count {
      let isNull = other.nulls[index / 8] >> UInt8(index % 8) & 1 == 1
      let type = ColumnType(rawValue: other.types[2 * index])
      let isUnsigned = other.types[2 * index + 1] != 0
      append(ParameterType(type, isUnsigned: isUnsigned), name: other.names[index], isNull: isNull)
    }
    values.write(other.values.bytes)
  }

  /// The values again, as a server reads them.
  package func decoded() throws(Violation) -> [Value] {
    let bytes = values.bytes.span.bytes
    var position = 0
    var decoded: [Value] = []
    for index in 0..<count {
      guard nulls[index / 8] >> UInt8(index % 8) & 1 == 0 else {
        decoded.append(.null)
        continue
      }
      let type = ColumnType(rawValue: types[2 * index])
      let cell = try bytes.readBinaryCell(BinaryLayout(type), at: &position)
      let decoder = ColumnDecoder(
        type: type, flags: types[2 * index + 1] == 0 ? [] : .unsigned,
        collation: (ColumnType.tinyBlob.rawValue...ColumnType.blob.rawValue).contains(type.rawValue)
          ? .binary : .utf8mb4,
        format: .binary)
      decoded.append(try decoder.value(bytes.extracting(cell)))
    }
    return decoded
  }

  /// The NULL bitmap, the flag that types follow, the types, and the values.
  func write(to writer: inout ByteWriter, sendsTypes: Bool, withNames: Bool) {
    guard count > 0 else { return }
    writer.write(nulls)
    writer.writeUInt8(sendsTypes ? 1 : 0)
    if sendsTypes {
      if withNames {
        for index in 0..<count {
          writer.write(types[2 * index..<2 * index + 2])
          writer.writeLengthEncoded(bytes: names[index])
        }
      } else {
        writer.write(types)
      }
    }
    writer.write(values.bytes)
  }
}
