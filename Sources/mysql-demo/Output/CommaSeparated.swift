import MySQLWire

/// `--format csv`, as RFC 4180 has it but for the line ends. NULL is nothing, and an empty text is `""`.
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

  mutating func write(_ batch: RowBatch) {
    let last = batch.columns.count - 1
    batch.forEachCell { _, column, range in
      if let range { write(batch.bytes[range]) }
      output.write(column == last ? UInt8(ascii: "\n") : UInt8(ascii: ","))
    }
    output.flushIfFull()
  }

  mutating func end() {}

  private func write(_ text: ArraySlice<UInt8>) {
    let quote = UInt8(ascii: "\"")
    let space = UInt8(ascii: " ")
    let needsQuotes =
      text.isEmpty || text.first == space || text.last == space
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
