/// The values of a statement's parameters, each encoded as it is appended.
package struct ParameterList: Sendable {
  package static var limit: Int { 65_535 }

  package private(set) var count = 0
  /// The type and flags of each value. Those of the first eight need no array, because each execution makes a list.
  private var firstHeads = FirstHeads()
  private var more: More?
  private var values = ByteWriter()
  /// Whether each value follows its indicator, as in COM_STMT_BULK_EXECUTE.
  private let hasIndicators: Bool

  // `unsigned` is the protocol's flag. `null` is internal: the server learns of NULL from the bitmap.
  private static var unsigned: UInt16 { 0x8000 }
  private static var null: UInt16 { 0x0100 }

  package init(hasIndicators: Bool = false) { self.hasIndicators = hasIndicators }

  /// Not a SIMD vector, whose alignment makes each object that holds a list more expensive to allocate.
  private struct FirstHeads: Hashable {
    static var count: Int { 8 }
    private var (low, high): (UInt64, UInt64) = (0, 0)

    subscript(index: Int) -> UInt16 {
      get { UInt16(truncatingIfNeeded: (index < 4 ? low : high) >> (16 * UInt64(index % 4))) }
      set {
        let shift = 16 * UInt64(index % 4)
        let (kept, bits) = (~(UInt64(0xFFFF) << shift), UInt64(newValue) << shift)
        if index < 4 { low = low & kept | bits } else { high = high & kept | bits }
      }
    }
  }

  /// What most lists do not have. It is one reference, since lists are copied more often than they are made.
  ///
  /// `@unchecked` because of the variables: they change only while a single list refers to the object.
  private final class More: @unchecked Sendable {
    var heads: [UInt16]
    /// Empty if no value has a name.
    var names: [[UInt8]]

    init(heads: [UInt16], names: [[UInt8]]) {
      self.heads = heads
      self.names = names
    }
  }

  /// Returns an object that only this list refers to, so that it may be changed.
  private mutating func ownMore() -> More {
    if isKnownUniquelyReferenced(&more), let more { return more }
    let own = More(heads: moreHeads, names: names)
    more = own
    return own
  }

  package mutating func append(_ value: Value, name: [UInt8] = []) {
    append(value.parameterType, name: name, isNull: value == .null) { value.writeParameter(to: &$0) }
  }

  /// Appends a value, which the closure writes in the format of its type. Nothing is written for NULL, or for
  /// long data, which is sent in advance.
  @inline(__always)
  package mutating func append(
    _ type: ParameterType, name: [UInt8] = [], isNull: Bool = false,
    _ write: (inout ByteWriter) -> Void = { _ in }
  ) {
    if !isNull { makeRoom() }
    // STMT_INDICATOR_NONE and STMT_INDICATOR_NULL.
    if hasIndicators { values.writeUInt8(isNull ? 1 : 0) }
    if !isNull { write(&values) }
    appendHead(type, name, isNull)
  }

  private mutating func appendHead(_ type: ParameterType, _ name: [UInt8], _ isNull: Bool) {
    if !name.isEmpty || hasNames {
      let more = ownMore()
      more.names.append(contentsOf: repeatElement([], count: count - more.names.count))
      more.names.append(name)
    }
    let head =
      UInt16(type.type.rawValue) | (type.isUnsigned ? Self.unsigned : 0) | (isNull ? Self.null : 0)
    if count < FirstHeads.count { firstHeads[count] = head } else { ownMore().heads.append(head) }
    count += 1
  }

  private func head(at index: Int) -> UInt16 {
    index < FirstHeads.count ? firstHeads[index] : moreHeads[index - FirstHeads.count]
  }

  private var moreHeads: [UInt16] { more?.heads ?? [] }
  private var names: [[UInt8]] { more?.names ?? [] }
  private var hasNames: Bool { more?.names.isEmpty == false }

  /// Reserves enough room for most lists, so that the buffer does not have to grow.
  private mutating func makeRoom() {
    if values.count == 0 { values.reserve(96) }
  }

  package mutating func append(contentsOf other: ParameterList) {
    for index in 0..<other.count {
      appendHead(other.type(at: index), other.name(at: index), other.isNull(at: index))
    }
    values.write(other.values.bytes)
  }

  /// Appends unnamed values, giving all of them the same name.
  package mutating func append(contentsOf other: ParameterList, name: [UInt8]) {
    for index in 0..<other.count { appendHead(other.type(at: index), name, other.isNull(at: index)) }
    values.write(other.values.bytes)
  }

  /// Removes the values but keeps their memory for reuse.
  package mutating func removeAll() {
    count = 0
    firstHeads = FirstHeads()
    if more != nil {
      let more = ownMore()
      more.heads.removeAll(keepingCapacity: true)
      more.names = []
    }
    values.removeAll()
  }

  /// The size of the values in bytes.
  package var size: Int { values.count }

  /// Whether no byte of the values can be part of a character beyond ASCII.
  package var isASCII: Bool { values.bytes.allSatisfy { $0 < 0x80 } }

  package func type(at index: Int) -> ParameterType {
    let head = head(at: index)
    return ParameterType(
      ColumnType(rawValue: UInt8(truncatingIfNeeded: head)), isUnsigned: head & Self.unsigned != 0)
  }

  package func isNull(at index: Int) -> Bool { head(at: index) & Self.null != 0 }

  private func name(at index: Int) -> [UInt8] {
    guard let more, index < more.names.count else { return [] }
    return more.names[index]
  }

  private func writeName(at index: Int, to writer: inout ByteWriter) {
    guard hasNames else { return writer.writeUInt8(0) }
    writer.writeLengthEncoded(bytes: name(at: index))
  }

  /// Returns the values, decoded as a server decodes them.
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

  /// Writes the NULL bitmap, the flag for whether types follow, the types, and the values.
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
        writer.writeInteger(head(at: index) & ~Self.null)
        if withNames { writeName(at: index, to: &writer) }
      }
    }
    writer.write(values.bytes)
  }
}

extension ParameterList: Hashable {
  package static func == (left: Self, right: Self) -> Bool {
    left.count == right.count && left.firstHeads == right.firstHeads && left.moreHeads == right.moreHeads
      && left.names == right.names && left.values == right.values && left.hasIndicators == right.hasIndicators
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(firstHeads)
    hasher.combine(moreHeads)
    hasher.combine(names)
    hasher.combine(values)
  }
}
