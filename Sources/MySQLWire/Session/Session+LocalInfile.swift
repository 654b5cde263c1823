extension Session {
  /// Whether the server waits for a file.
  package var isFileRequested: Bool {
    if case .localInfile = phase { true } else { false }
  }

  /// The maximum size of one packet of a file, in bytes.
  private static var pieceSize: Int { 1 << 20 }

  /// Sends a piece of the file that the server asked for.
  package mutating func sendFile(_ bytes: [UInt8]) throws(Misuse) {
    guard case .localInfile = phase else { throw .noFileRequested }
    var rest = bytes[...]
    // An empty packet would end the file.
    while !rest.isEmpty {
      let piece = rest.prefix(Self.pieceSize)
      framer.sequence = output.write(sequence: framer.sequence) { $0.write(piece) }
      rest = rest.dropFirst(piece.count)
    }
  }

  /// Ends the file. If no piece was sent before, the server loads nothing.
  package mutating func endFile() throws(Misuse) {
    guard case .localInfile = phase else { throw .noFileRequested }
    framer.sequence = output.write(sequence: framer.sequence) { _ in }
    phase = .commands
  }
}
