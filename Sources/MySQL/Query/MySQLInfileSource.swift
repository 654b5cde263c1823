public import Foundation

/// Bytes that come piece by piece: what a LOAD DATA LOCAL statement loads, or the value of a parameter. It comes
/// with the call: whatever file the statement or the server names, nothing is opened but what is given here.
public struct MySQLInfileSource: Sendable {
  /// Gives the next piece, empty or nil at the end.
  let makeReader: @Sendable () throws -> Reader

  typealias Reader = @Sendable () async throws -> [UInt8]?

  /// Loads bytes that lie in memory.
  public static func bytes(_ bytes: [UInt8]) -> MySQLInfileSource {
    sequence(
      AsyncStream { continuation in
        continuation.yield(bytes)
        continuation.finish()
      })
  }

  /// Loads what a sequence brings, piece by piece. An error it throws ends the load, and is in the text of
  /// the error that the call throws.
  public static func sequence(
    _ pieces: some AsyncSequence<[UInt8], any Error> & Sendable
  ) -> MySQLInfileSource {
    MySQLInfileSource {
      let iterator = PieceIterator(pieces)
      return { try await iterator.next() }
    }
  }

  /// Loads what a sequence brings that cannot fail.
  public static func sequence(_ pieces: some AsyncSequence<[UInt8], Never> & Sendable) -> MySQLInfileSource {
    MySQLInfileSource {
      let iterator = PieceIterator(pieces)
      return { try await iterator.next() }
    }
  }

  /// Loads a file of the caller's choice, 64 KiB at a time.
  public static func file(_ url: URL) -> MySQLInfileSource {
    MySQLInfileSource {
      let file = try FileHandle(forReadingFrom: url)
      return { try file.read(upToCount: 64 << 10).map { [UInt8]($0) } }
    }
  }
}

/// The pieces of a sequence, asked for one after the other.
private actor PieceIterator<Pieces: AsyncSequence & Sendable> where Pieces.Element == [UInt8] {
  private let pieces: Pieces
  private var iterator: Pieces.AsyncIterator?

  init(_ pieces: Pieces) { self.pieces = pieces }

  func next() async throws -> [UInt8]? {
    var iterator = iterator.take() ?? pieces.makeAsyncIterator()
    // An empty piece is none, but not the end.
    while let piece = try await iterator.next(isolation: self) {
      guard piece.isEmpty else {
        self.iterator = iterator
        return piece
      }
    }
    return nil
  }
}
