import MySQLWire

/// One value of a row, as the server sent it.
public struct MySQLCell: Sendable {
  @usableFromInline let block: Block
  @usableFromInline let place: CellPlace

  @inlinable
  init(_ block: Block, _ place: CellPlace) {
    self.block = block
    self.place = place
  }

  var columnIndex: Int { Int(place.column) }

  /// The column that the cell belongs to.
  public var column: MySQLColumn { block.columns[columnIndex] }

  /// Whether the value is NULL.
  @inlinable public var isNull: Bool { place.isNull }

  /// The exact bytes that the server sent for the value, empty for NULL: digits in the text protocol,
  /// little-endian numbers in the binary one, and the content of a string in both.
  public var bytes: [UInt8] {
    guard let range = place.range else { return [] }
    return Array(block.rows.bytes[range])
  }

  var decoder: ColumnDecoder { block.rows.columns.decoders[columnIndex] }

  /// The number of the row within its result, from 0.
  var rowNumber: Int { block.firstRow + Int(place.row) }

  /// Reads the content with one of the decoder's methods. Returns nil for NULL.
  ///
  /// - Throws: What the closure throws.
  @inline(__always)
  func read<R>(_ body: (RawSpan, ColumnDecoder) throws(Violation) -> R) throws(Violation) -> R? {
    guard let range = place.range else { return nil }
    let storage = block.rows.bytes
    let content = storage.span.bytes.extracting(range)
    return try body(content, decoder)
  }

  /// Reads the content with one of the decoder's methods, which returns nil if it cannot make the type from
  /// it.
  @inline(__always)
  func decode<R>(
    as type: R.Type, _ body: (RawSpan, ColumnDecoder) throws(Violation) -> R?
  ) throws(MySQLError) -> R {
    guard let range = place.range else { throw nullError(as: type) }
    let storage = block.rows.bytes
    let content = storage.span.bytes.extracting(range)
    let value: R?
    do {
      value = try body(content, decoder)
    } catch {
      throw malformedError(as: type)
    }
    guard let value else { throw mismatchError(as: type) }
    return value
  }
}

/// The place of a cell in a block, and of its content. Small, so that cells are passed in registers.
@usableFromInline
struct CellPlace: Sendable {
  let row: UInt32
  let column: UInt32
  let start: Int
  /// -1 for NULL.
  @usableFromInline let end: Int

  @inline(__always)
  init(row: Int, column: Int, range: Range<Int>?) {
    self.row = UInt32(truncatingIfNeeded: row)
    self.column = UInt32(truncatingIfNeeded: column)
    start = range?.lowerBound ?? 0
    end = range?.upperBound ?? -1
  }

  @inlinable var isNull: Bool { end < 0 }

  @inline(__always)
  var range: Range<Int>? { isNull ? nil : start..<end }
}
