import MySQLWire

/// `-t`: cells in a box. It collects all rows first, to find out how wide the columns are.
struct Table: ResultWriter {
  /// The maximum number of bytes that a cell is padded to. The box may be wider.
  private static let widest = 1024

  let output: OutputBuffer
  let showsNames: Bool
  let characterSet: CharacterSet
  private var columns: [ColumnDefinition] = []
  private var blocks: [RowBlock] = []
  private var widths: [Int] = []

  init(output: OutputBuffer, showsNames: Bool, characterSet: CharacterSet) {
    self.output = output
    self.showsNames = showsNames
    self.characterSet = characterSet
  }

  mutating func begin(_ columns: ResultColumns) {
    self.columns = columns.definitions
    widths = columns.definitions.map { showsNames ? $0.nameBytes.count : 0 }
  }

  mutating func write(_ block: RowBlock) {
    block.forEachCell { _, column, range in
      if let range, range.count > widths[column] { widths[column] = range.count }
    }
    blocks.append(block)
  }

  mutating func end() {
    for (index, column) in columns.enumerated() {
      if widths[index] < 4, !column.flags.contains(.notNull) { widths[index] = 4 }
    }
    writeRule()
    if showsNames {
      writeNames()
      writeRule()
    }
    for block in blocks { writeRows(block) }
    writeRule()
  }

  private func writeRule() {
    output.write(UInt8(ascii: "+"))
    for width in widths {
      output.write(repeating: UInt8(ascii: "-"), count: width + 2)
      output.write(UInt8(ascii: "+"))
    }
    output.write(UInt8(ascii: "\n"))
  }

  private func writeNames() {
    output.write(UInt8(ascii: "|"))
    for (index, column) in columns.enumerated() {
      let name = column.shownName
      let cells = characterSet.width(of: 0..<name.count, in: name)
      let width = min(widths[index] + name.count - cells, Self.widest)
      output.write(UInt8(ascii: " "))
      output.write(name)
      output.write(repeating: UInt8(ascii: " "), count: width - name.count)
      output.write(" |")
    }
    output.write(UInt8(ascii: "\n"))
  }

  private func writeRows(_ block: RowBlock) {
    let isRight = columns.indices.map { columns[$0].type.isNumber && widths[$0] <= Self.widest }
    let null = Array("NULL".utf8)
    block.forEachCell { _, column, range in
      if column == 0 { output.write(UInt8(ascii: "|")) }
      let (bytes, place) = range.map { (block.bytes, $0) } ?? (null, 0..<4)
      let missing = min(widths[column], Self.widest) - characterSet.width(of: place, in: bytes)
      output.write(UInt8(ascii: " "))
      if isRight[column] { output.write(repeating: UInt8(ascii: " "), count: missing) }
      output.writeWithoutNUL(bytes[place])
      if !isRight[column] { output.write(repeating: UInt8(ascii: " "), count: missing) }
      output.write(" |")
      if column == columns.count - 1 {
        output.write(UInt8(ascii: "\n"))
        output.flushIfFull()
      }
    }
  }
}
