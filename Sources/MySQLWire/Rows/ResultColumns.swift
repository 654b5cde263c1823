/// The columns of a result and how their cells are read, shared by all its blocks of rows.
package final class ResultColumns: Sendable {
  package let definitions: [ColumnDefinition]
  package let format: Format
  /// The layout of each cell in a binary row; empty for text rows.
  package let layouts: [BinaryLayout]
  package let decoders: [ColumnDecoder]
  /// The packets that brought the definitions, if they are kept. If the same packets arrive again, these
  /// columns are reused.
  let packets: [UInt8]
  /// The memory that the columns take, in bytes.
  package let size: Int
  /// The indices of the columns by name.
  package let names = ColumnNames()

  package convenience init(_ definitions: [ColumnDefinition], format: Format) {
    self.init(definitions, format: format, packets: [])
  }

  init(_ definitions: [ColumnDefinition], format: Format, packets: [UInt8]) {
    self.definitions = definitions
    self.format = format
    self.packets = packets
    layouts = format == .binary ? definitions.map { BinaryLayout($0.type) } : []
    size = definitions.reduce(packets.count) { $0 + $1.size + MemoryLayout<ColumnDecoder>.stride + 1 }
    decoders = definitions.map {
      ColumnDecoder(type: $0.type, flags: $0.flags, collation: $0.collation, format: format)
    }
  }

  package var count: Int { definitions.count }

  /// Throws unless a row consists of exactly these columns' cells.
  @inline(__always)
  func checkRow(_ row: RawSpan) throws(Violation) {
    switch format {
    case .text: try checkTextRow(row)
    case .binary: try checkBinaryRow(row)
    }
  }

  /// Returns the size that a row has at least, by the length of the first cell that is not all there.
  func leastSize(ofRowBeginningWith bytes: RawSpan) -> Int? {
    var cells = CellReader(0..<bytes.byteCount, self)
    for column in 0..<count {
      var position = cells.position
      do {
        _ = try cells.next(in: bytes, self)
      } catch {
        guard format == .text || layouts[column] == .lengthEncoded,
          let length = try? bytes.readLengthEncoded(at: &position)
        else { return nil }
        let (end, isTooLarge) = position.addingReportingOverflow(Int(clamping: length))
        return isTooLarge ? nil : end
      }
    }
    return nil
  }
}
