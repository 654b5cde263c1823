/// A value that is too large for a statement: a user variable that statements before the INSERT fill piece by piece.
struct LargeValue {
  let column: Int
  let literal: SQLLiteral
  let range: Range<Int>

  private var name: String { "@dump_\(column)" }

  /// Writes the statements that make the variable.
  func writePieces(of bytes: [UInt8], size: Int, to output: OutputBuffer) {
    var start = range.lowerBound
    while start < range.upperBound {
      var end = min(start + size, range.upperBound)
      // A character is not cut in two.
      if literal == .text { while end < range.upperBound, bytes[end] & 0xC0 == 0x80 { end -= 1 } }
      output.write(text: "SET \(name) = ")
      if start > range.lowerBound { output.write(text: "CONCAT(\(name), ") }
      bytes.withUnsafeBufferPointer { bytes in
        output.append { buffer in
          let piece = UnsafeBufferPointer(rebasing: bytes[start..<end])
          if literal == .text {
            SQLLiteral.append(text: piece, to: &buffer)
          } else {
            SQLLiteral.append(bytes: piece, to: &buffer)
          }
        }
      }
      output.write(text: start > range.lowerBound ? ");\n" : ";\n")
      output.flushIfFull()
      start = end
    }
  }

  /// Writes the variable in the place of the value. On a server whose `max_allowed_packet` is too small for the value,
  /// CONCAT returns NULL. The two rows then cause an error: a NULL in the table would go unnoticed.
  func writeUse(to output: OutputBuffer) {
    let value = "IFNULL(\(name), (SELECT 1 UNION SELECT 2))"
    // The guard is within the CONVERT: around it, MySQL (9.7) converts the guard's number, too, and runs it.
    if case .encoded(let set) = literal {
      output.write(text: "CONVERT(\(value) USING \(set))")
    } else {
      output.write(text: value)
    }
  }

  func writeEnd(to output: OutputBuffer) { output.write(text: "SET \(name) = NULL;\n") }
}
