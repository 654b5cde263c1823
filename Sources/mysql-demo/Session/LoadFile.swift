import Foundation
import MySQL
import MySQLTesting
import Synchronization

/// The files that the LOAD DATA LOCAL INFILE statements of a text name. The server gets these and no others, each as
/// often as the text names it.
final class LoadFile: Sendable {
  private let state: Mutex<State>

  private struct State {
    var names: [[UInt8]]
    var failure: Failure?
  }

  struct Refused: Error {}

  init(_ statement: [UInt8], _ rules: SQLTokenizer.Rules) {
    state = Mutex(State(names: Self.names(in: statement, rules)))
  }

  /// The reason why the last file that the server asked for was not sent.
  var failure: Failure? { state.withLock { $0.failure } }

  /// The source from which the server gets its files.
  var source: MySQLByteSource { .chosen { name in try self.open(name) } }

  private func open(_ name: [UInt8]) throws -> MySQLByteSource {
    let isNamed = state.withLock { state in
      guard let index = state.names.firstIndex(of: name) else { return false }
      state.names.remove(at: index)
      return true
    }
    guard isNamed else { throw refuse(Failure(refusedFile: name)) }
    // A path is bytes, which need not be UTF-8.
    let descriptor = (name + [0]).withUnsafeBufferPointer { bytes in
      bytes.withMemoryRebound(to: CChar.self) { path in
        path.baseAddress.map { Foundation.open($0, O_RDONLY | O_CLOEXEC) } ?? -1
      }
    }
    guard descriptor >= 0 else { throw refuse(Failure(unreadableFile: name, errno)) }
    return .file(descriptor: descriptor)
  }

  private func refuse(_ failure: Failure) -> Refused {
    state.withLock { $0.failure = failure }
    return Refused()
  }

  /// Returns the names of the files, as the server reads them: up to a NUL, since it takes them for C strings.
  static func names(in statement: [UInt8], _ rules: SQLTokenizer.Rules) -> [[UInt8]] {
    var tokenizer = SQLTokenizer(statement, rules)
    var names: [[UInt8]] = []
    // How many of the words LOCAL and INFILE came directly before.
    var matched = 0
    while let token = tokenizer.next() {
      switch token.kind {
      case .comment: break
      case .word:
        let word = String(decoding: statement[token.range], as: UTF8.self).lowercased()
        matched = word == "local" ? 1 : word == "infile" && matched == 1 ? 2 : 0
      case .string:
        if matched == 2, token.isClosed {
          let name = rules.unescaped(statement[token.content], quote: statement[token.range.lowerBound])
          names.append(Array(name.prefix { $0 != 0 }))
        }
        matched = 0
      default: matched = 0
      }
    }
    return names
  }
}
