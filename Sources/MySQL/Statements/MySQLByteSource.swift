public import Foundation
import Synchronization

/// Bytes that come piece by piece: what a LOAD DATA LOCAL statement loads, or the value of a parameter. The
/// call supplies them: whatever file the statement or the server names, only what is given here is opened.
///
/// Each use of a source opens it from its beginning, so that a call can be repeated with the same value. A
/// sequence that is passed directly can be read only once; its second use is an error.
public struct MySQLByteSource: Sendable {
  /// Opens the source, for the file name that the server asks for; most sources ignore the name. The reader
  /// returns the next piece, empty or nil at the end.
  let makeReader: @Sendable (_ name: [UInt8]) throws -> Reader

  typealias Reader = @Sendable () async throws -> [UInt8]?

  /// Loads bytes from memory, each time the source is used.
  public static func bytes(_ bytes: [UInt8]) -> MySQLByteSource {
    MySQLByteSource { _ in
      let rest = Mutex<[UInt8]?>(bytes)
      return { rest.withLock { $0.take() } }
    }
  }

  /// Loads the pieces of a sequence. An error it throws ends the load, and is quoted in the error that the
  /// call throws.
  ///
  /// The source can be used once, because it is not known whether a sequence can begin again. A second use
  /// throws a `MySQLError` and loads nothing. If calls are repeated, pass a closure that opens the sequence.
  public static func sequence(
    _ pieces: some AsyncSequence<[UInt8], any Error> & Sendable
  ) -> MySQLByteSource {
    once { iterate(pieces) }
  }

  /// Loads the pieces of a sequence that cannot fail. The source can be used once, like that of a sequence
  /// that can fail.
  public static func sequence(_ pieces: some AsyncSequence<[UInt8], Never> & Sendable) -> MySQLByteSource {
    once { iterate(pieces) }
  }

  /// Loads the pieces of a sequence that the closure opens each time the source is used. An error that either
  /// throws ends the load, and is quoted in the error that the call throws.
  public static func sequence<Pieces: AsyncSequence & Sendable>(
    opening open: @escaping @Sendable () throws -> Pieces
  ) -> MySQLByteSource where Pieces.Element == [UInt8] {
    MySQLByteSource { _ in iterate(try open()) }
  }

  /// Loads what the closure chooses for the file name that the server asks for. The closure is called for
  /// each file that a call's statements load, and throws to refuse one.
  package static func chosen(
    _ choose: @escaping @Sendable (_ name: [UInt8]) throws -> MySQLByteSource
  ) -> MySQLByteSource {
    MySQLByteSource { name in try choose(name).makeReader(name) }
  }

  /// Loads a file of the caller's choice, 64 KiB at a time. Each use opens it.
  public static func file(_ url: URL) -> MySQLByteSource {
    MySQLByteSource { _ in reader(of: try InputFile(path: url.path(percentEncoded: false))) }
  }

  /// Loads an open file, 64 KiB at a time, and closes it. It can be loaded once.
  package static func file(descriptor: Int32) -> MySQLByteSource {
    let file = InputFile(descriptor: descriptor)
    return MySQLByteSource { _ in reader(of: file) }
  }

  private static func reader(of file: InputFile) -> Reader {
    { try file.read(upTo: 64 << 10) }
  }

  private static func iterate<Pieces: AsyncSequence & Sendable>(
    _ pieces: Pieces
  ) -> Reader where Pieces.Element == [UInt8] {
    let iterator = PieceIterator(pieces)
    return { try await iterator.next() }
  }

  /// Returns a source that can be opened once.
  private static func once(_ open: @escaping @Sendable () -> Reader) -> MySQLByteSource {
    let isUsed = Atomic(false)
    return MySQLByteSource { _ in
      guard !isUsed.exchange(true, ordering: .relaxed) else {
        throw MySQLError(
          .misuse,
          "the sequence was read by an earlier use of this source, and cannot be read again: make a new source, "
            + "or pass a closure that opens the sequence")
      }
      return open()
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
    // An empty piece is skipped: it is not the end.
    while let piece = try await iterator.next(isolation: self) {
      guard piece.isEmpty else {
        self.iterator = iterator
        return piece
      }
    }
    return nil
  }
}
