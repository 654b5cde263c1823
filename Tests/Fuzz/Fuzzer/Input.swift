import Foundation
import MySQLWire

/// The fuzzer's bytes, taken from the front: a few that choose, then what the server sends.
struct Input {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  var isEmpty: Bool { rest.isEmpty }

  /// Returns the next byte, or zero if there are no more.
  mutating func byte() -> UInt8 { rest.popFirst() ?? 0 }

  mutating func word() -> UInt16 { UInt16(byte()) | UInt16(byte()) << 8 }

  mutating func bytes(_ count: Int) -> [UInt8] {
    let taken = rest.prefix(count)
    rest = rest.dropFirst(taken.count)
    return Array(taken)
  }

  /// Reads a word, and returns that many bytes, or as many as there are.
  mutating func piece() -> [UInt8] { bytes(Int(word())) }

  mutating func remainder() -> [UInt8] { bytes(rest.count) }
}

extension ByteWriter {
  /// Writes what `Input.piece` reads.
  mutating func write(piece: some Collection<UInt8>) {
    writeInteger(UInt16(clamping: piece.count))
    write(piece.prefix(0xFFFF))
  }
}

/// Ends the process unless the claim holds. libFuzzer reports that as a finding.
func expect(_ holds: Bool, _ claim: @autoclosure () -> String) {
  guard !holds else { return }
  FileHandle.standardError.write(Data("claim does not hold: \(claim())\n".utf8))
  abort()
}
