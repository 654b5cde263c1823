import MySQLWire

/// `--format csv`, as in RFC 4180 except for the line ends. NULL is an empty field, and an empty text is `""`. In a
/// result of one column, NULL is `NULL`, since readers skip empty lines, and the text NULL is in quotes.
struct CommaSeparated: ResultWriter {
  let output: OutputBuffer
  let showsNames: Bool

  mutating func begin(_ columns: ResultColumns) {
    guard showsNames else { return }
    for (index, column) in columns.definitions.enumerated() {
      if index > 0 { output.write(",") }
      write(column.nameBytes[...])
    }
    output.write("\n")
  }

  mutating func write(_ block: RowBlock) {
    let last = block.columns.count - 1
    let null = Array("NULL".utf8)
    block.forEachCell { _, column, range in
      if let range {
        let text = block.bytes[range]
        write(text, inQuotes: last == 0 && text.elementsEqual(null))
      } else if last == 0 {
        output.write(null)
      }
      output.write(column == last ? UInt8(ascii: "\n") : UInt8(ascii: ","))
    }
    output.flushIfFull()
  }

  mutating func end() {}

  private func write(_ text: ArraySlice<UInt8>, inQuotes: Bool = false) {
    let quote = UInt8(ascii: "\"")
    let space = UInt8(ascii: " ")
    let needsQuotes =
      inQuotes || text.isEmpty || text.first == space || text.last == space
      || text.contains { [quote, UInt8(ascii: ","), UInt8(ascii: "\n"), UInt8(ascii: "\r")].contains($0) }
    guard needsQuotes else { return output.write(text) }
    output.write(quote)
    for byte in text {
      if byte == quote { output.write(quote) }
      output.write(byte)
    }
    output.write(quote)
  }
}
