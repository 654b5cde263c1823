import MySQLWire

/// `-B`: cells between tabs, with control characters escaped unless `-r` is given.
struct TabSeparated: ResultWriter {
  let output: OutputBuffer
  let showsNames: Bool
  let isRaw: Bool
  let isHex: Bool
  private var binary: [Bool] = []

  init(output: OutputBuffer, showsNames: Bool, isRaw: Bool, isHex: Bool) {
    self.output = output
    self.showsNames = showsNames
    self.isRaw = isRaw
    self.isHex = isHex
  }

  mutating func begin(_ columns: ResultColumns) {
    if isHex { binary = columns.definitions.map(\.isBinary) }
    guard showsNames else { return }
    for (index, column) in columns.definitions.enumerated() {
      if index > 0 { output.write(UInt8(ascii: "\t")) }
      output.write(column.shownName)
    }
    output.write(UInt8(ascii: "\n"))
  }

  mutating func write(_ block: RowBlock) {
    if isHex { return writeWithHex(block) }
    let last = block.columns.count - 1
    let isRaw = isRaw
    block.bytes.withUnsafeBufferPointer { bytes in
      output.append { buffer in
        block.forEachCell { _, column, range in
          if let range {
            let content = UnsafeBufferPointer(rebasing: bytes[range])
            if isRaw || !content.contains(where: \.mustBeEscaped) {
              buffer.append(contentsOf: content)
            } else {
              for byte in content { Self.escape(byte, into: &buffer) }
            }
          } else {
            buffer.append(contentsOf: [0x4E, 0x55, 0x4C, 0x4C])
          }
          buffer.append(column == last ? UInt8(ascii: "\n") : UInt8(ascii: "\t"))
        }
      }
    }
    output.flushIfFull()
  }

  mutating func end() {}

  /// Writes bytes as hexadecimal numbers. NULL in a column of bytes is a number without digits.
  private func writeWithHex(_ block: RowBlock) {
    let last = block.columns.count - 1
    block.forEachCell { _, column, range in
      if binary[column] {
        output.write(hex: range.map { block.bytes[$0] } ?? [])
      } else if let range, isRaw {
        output.write(block.bytes[range])
      } else if let range {
        output.append { buffer in for byte in block.bytes[range] { Self.escape(byte, into: &buffer) } }
      } else {
        output.write("NULL")
      }
      output.write(column == last ? UInt8(ascii: "\n") : UInt8(ascii: "\t"))
    }
    output.flushIfFull()
  }

  private static func escape(_ byte: UInt8, into buffer: inout [UInt8]) {
    switch byte {
    case 0: buffer += [UInt8(ascii: "\\"), UInt8(ascii: "0")]
    case UInt8(ascii: "\t"): buffer += [UInt8(ascii: "\\"), UInt8(ascii: "t")]
    case UInt8(ascii: "\n"): buffer += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
    case UInt8(ascii: "\\"): buffer += [byte, byte]
    default: buffer.append(byte)
    }
  }
}

extension UInt8 {
  @inline(__always)
  fileprivate var mustBeEscaped: Bool {
    self == 0 || self == UInt8(ascii: "\t") || self == UInt8(ascii: "\n") || self == UInt8(ascii: "\\")
  }
}
