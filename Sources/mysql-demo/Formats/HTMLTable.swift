import MySQLWire

/// `-H`: a table for each result, without line ends.
struct HTMLTable: ResultWriter {
  let output: OutputBuffer
  let showsNames: Bool
  let isHex: Bool
  private var binary: [Bool] = []

  init(output: OutputBuffer, showsNames: Bool, isHex: Bool) {
    self.output = output
    self.showsNames = showsNames
    self.isHex = isHex
  }

  mutating func begin(_ columns: ResultColumns) {
    binary = columns.definitions.map { isHex && $0.isBinary }
    output.write("<TABLE BORDER=1>")
    guard showsNames else { return }
    output.write("<TR>")
    for column in columns.definitions {
      output.write("<TH>")
      if column.nameBytes.first ?? 0 == 0 {
        output.write(" &nbsp; ")
      } else {
        MarkupText.write(column.nameBytes, to: output)
      }
      output.write("</TH>")
    }
    output.write("</TR>")
  }

  mutating func write(_ block: RowBlock) {
    let last = block.columns.count - 1
    block.forEachCell { _, column, range in
      output.write(column == 0 ? "<TR><TD>" : "<TD>")
      if binary[column] {
        output.write(hex: range.map { block.bytes[$0] } ?? [])
      } else if let range {
        MarkupText.write(block.bytes[range], to: output)
      } else {
        output.write("NULL")
      }
      output.write(column == last ? "</TD></TR>" : "</TD>")
      if column == last { output.flushIfFull() }
    }
  }

  mutating func end() { output.write("</TABLE>") }
}
