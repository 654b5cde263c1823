import MySQLWire

/// `-X`: a document for each result, with the statement in it. A result without rows is written, too.
struct XMLDocument: ResultWriter {
  let output: OutputBuffer
  let statement: [UInt8]
  let isHex: Bool
  private var names: [[UInt8]] = []
  private var binary: [Bool] = []

  init(output: OutputBuffer, statement: [UInt8], isHex: Bool) {
    self.output = output
    self.statement = statement
    self.isHex = isHex
  }

  mutating func begin(_ columns: ResultColumns) {
    names = columns.definitions.map(\.shownName)
    binary = columns.definitions.map { isHex && $0.isBinary }
    output.write("<?xml version=\"1.0\"?>\n\n<resultset statement=\"")
    MarkupText.write(statement.prefix { $0 != 0 }, to: output)
    output.write("\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">")
  }

  mutating func write(_ block: RowBlock) {
    let last = names.count - 1
    block.forEachCell { _, column, range in
      if column == 0 { output.write("\n  <row>\n") }
      output.write("\t<field name=\"")
      MarkupText.write(names[column], to: output)
      if let range {
        output.write("\">")
        if binary[column] {
          output.write(hex: block.bytes[range])
        } else {
          MarkupText.write(block.bytes[range], to: output)
        }
        output.write("</field>\n")
      } else {
        output.write("\" xsi:nil=\"true\" />\n")
      }
      guard column == last else { return }
      output.write("  </row>\n")
      output.flushIfFull()
    }
  }

  mutating func end() { output.write("</resultset>\n") }
}
