import MySQLWire

/// One value of a row, as the server sent it.
public struct MySQLCell: Sendable {
  let batch: Batch
  let row: Int
  var columnIndex: Int
  /// Where the content lies in the batch; nil for NULL.
  @usableFromInline var range: Range<Int>?

  init(batch: Batch, row: Int, column: Int, range: Range<Int>?) {
    self.batch = batch
    self.row = row
    columnIndex = column
    self.range = range
  }

  /// The column that the cell belongs to.
  public var column: MySQLColumn { batch.columns.columns[columnIndex] }

  /// Whether the value is NULL.
  @inlinable public var isNull: Bool { range == nil }

  /// The very bytes that the server sent for the value, empty for NULL: digits by the text protocol,
  /// little-endian numbers by the binary one, and the content of a string by either.
  public var bytes: [UInt8] {
    guard let range else { return [] }
    return Array(batch.rows.bytes[range])
  }

  var decoder: ColumnDecoder { batch.rows.columns.decoders[columnIndex] }

  /// The number of the row within its result, from 0.
  var rowNumber: Int { batch.firstRow + row }

  /// Reads the content with one of the decoder's ways; nil for NULL.
  ///
  /// - Throws: What the closure throws.
  @inline(__always)
  func read<R>(_ body: (RawSpan, ColumnDecoder) throws(Violation) -> R) throws(Violation) -> R? {
    guard let range else { return nil }
    let storage = batch.rows.bytes
    let content = storage.span.bytes.extracting(range)
    return try body(content, decoder)
  }

  /// Reads the content with one of the decoder's ways, which answers nil if it cannot make the type of it.
  @inline(__always)
  func decode<R>(
    as type: R.Type, _ body: (RawSpan, ColumnDecoder) throws(Violation) -> R?
  ) throws(MySQLError) -> R {
    guard let range else { throw nullError(as: type) }
    let storage = batch.rows.bytes
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
