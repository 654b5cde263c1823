import MySQLWire

/// `--format markdown`: a table for a document.
struct Markdown: ResultWriter {
  let output: OutputBuffer

  mutating func begin(_ columns: ResultColumns) {
    for column in columns.definitions { writeCell(column.nameBytes[...]) }
    output.write("|\n")
    for column in columns.definitions { output.write(column.type.isNumber ? "| ---: " : "| --- ") }
    output.write("|\n")
  }

  mutating func write(_ block: RowBlock) {
    let last = block.columns.count - 1
    let null = Array("NULL".utf8)
    block.forEachCell { _, column, range in
      writeCell(range.map { block.bytes[$0] } ?? null[...])
      if column == last { output.write("|\n") }
    }
    output.flushIfFull()
  }

  mutating func end() { output.write("\n") }

  private func writeCell(_ text: ArraySlice<UInt8>) {
    output.write("| ")
    for byte in text {
      switch byte {
      case UInt8(ascii: "|"), UInt8(ascii: "\\"):
        output.write(UInt8(ascii: "\\"))
        output.write(byte)
      case UInt8(ascii: "\n"): output.write("<br>")
      case UInt8(ascii: "\r"), 0: output.write(" ")
      default: output.write(byte)
      }
    }
    output.write(" ")
  }
}
