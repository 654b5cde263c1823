import MySQLWire

/// `-t`: cells in a box. It collects all rows first, to find out how wide the columns are, except with `-q`.
struct Table: ResultWriter {
  /// The maximum number of bytes that a cell is padded to. The box may be wider.
  private static let widest = 1024

  let output: OutputBuffer
  let showsNames: Bool
  let characterSet: CharacterSet
  let results: ResultOptions
  private var binary: [Bool] = []
  private var columns: [ColumnDefinition] = []
  private var blocks: [RowBlock] = []
  private var widths: [Int] = []

  init(output: OutputBuffer, showsNames: Bool, characterSet: CharacterSet, results: ResultOptions) {
    self.output = output
    self.showsNames = showsNames
    self.characterSet = characterSet
    self.results = results
  }

  mutating func begin(_ columns: ResultColumns) {
    self.columns = columns.definitions
    binary = columns.definitions.map { results.isHex && $0.isBinary }
    widths = columns.definitions.map { showsNames ? $0.nameBytes.count : 0 }
    guard results.isQuick else { return }
    for (index, column) in self.columns.enumerated() {
      widths[index] = max(widths[index], min(Int(column.length), results.quickWidth))
    }
    start()
  }

  mutating func write(_ block: RowBlock) {
    if results.isQuick { return writeRows(block) }
    block.forEachCell { _, column, range in
      if let range, range.count > widths[column] { widths[column] = range.count }
    }
    blocks.append(block)
  }

  mutating func end() {
    if !results.isQuick { start() }
    for block in blocks { writeRows(block) }
    writeRule()
  }

  private mutating func start() {
    for (index, column) in columns.enumerated() {
      if widths[index] < 4, !column.flags.contains(.notNull) { widths[index] = 4 }
      if binary[index] { widths[index] = 2 + 2 * widths[index] }
    }
    writeRule()
    if showsNames {
      writeNames()
      writeRule()
    }
  }

  private func writeRule() {
    output.write(UInt8(ascii: "+"))
    for width in widths {
      // The official command counts with 32 bits: a LONGTEXT with `-q` is 4 GiB wide.
      output.write(repeating: UInt8(ascii: "-"), count: Int(UInt32(truncatingIfNeeded: width + 2)))
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
      if binary[column] {
        output.write(" ")
        output.write(hex: range.map { block.bytes[$0] } ?? [])
        output.write(repeating: UInt8(ascii: " "), count: widths[column] - 2 - 2 * (range?.count ?? 0))
        return endCell(column)
      }
      let (bytes, place) = range.map { (block.bytes, $0) } ?? (null, 0..<4)
      let missing = min(widths[column], Self.widest) - characterSet.width(of: place, in: bytes)
      output.write(UInt8(ascii: " "))
      if isRight[column] { output.write(repeating: UInt8(ascii: " "), count: missing) }
      output.writeWithoutNUL(bytes[place])
      if !isRight[column] { output.write(repeating: UInt8(ascii: " "), count: missing) }
      endCell(column)
    }
  }

  private func endCell(_ column: Int) {
    output.write(" |")
    guard column == columns.count - 1 else { return }
    output.write(UInt8(ascii: "\n"))
    output.flushIfFull()
  }
}
