import MySQLWire

/// What a connection knows of its session: a pure machine, which session tracking feeds.
struct SessionState {
  /// The database that `reset()` comes back to.
  var homeDatabase: String?
  /// Whether the program has declared that it passes on bytes of any character set.
  let isByteTransparent: Bool
  /// Those of the three variables that decide how text is read and written, and are not utf8mb4.
  private var foreign: [String: String] = [:]

  init(_ configuration: MySQLConfiguration) {
    homeDatabase = configuration.database
    isByteTransparent = configuration.loginCollation != nil
  }

  private static let variables: Set = [
    "character_set_client", "character_set_connection", "character_set_results",
  ]

  /// Notes what an answer tells of the session.
  mutating func note(_ changes: [SessionChange]) {
    for case .variable(let name, let value) in changes where Self.variables.contains(name) {
      foreign[name] = value == "utf8mb4" ? nil : value
    }
  }

  /// The session is as new, and will be utf8mb4 before anything else is sent.
  mutating func renew() { foreign = [:] }

  /// Why a statement or name must not be sent now; nil if it may be.
  ///
  /// All three variables count, and ASCII is not an exception: rows would come in that character set too, and a program
  /// should fail now and not at the first name with an accent. utf8mb3 loses characters, and so do ascii and binary.
  func refusal(of work: Exchange.Work) -> MySQLError? {
    guard let (name, value) = foreign.min(by: { $0.key < $1.key }), !isByteTransparent else { return nil }
    if !work.carriesText || work.isHarmless { return nil }
    return MySQLError(
      .misuse,
      "the session's \(name) is \(value.isEmpty ? "NULL" : value), and this library sends and reads text as utf8mb4 "
        + "only: run SET NAMES utf8mb4, or reset()",
      statement: work.statement)
  }
}

extension Exchange.Work {
  /// The statement, or the name, in the bytes that are sent.
  private func withText<R>(_ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
    switch self {
    case .command(.query(let sql, _)), .command(.prepare(let sql)), .command(.useDatabase(let sql)):
      return sql.withUnsafeBufferPointer(body)
    case .statement(let request):
      var sql = request.key.sql
      return sql.withUTF8(body)
    case .command: return body(UnsafeBufferPointer(start: nil, count: 0))
    }
  }

  /// The statement, for errors.
  var statement: String? {
    if case .command(.useDatabase) = self { return nil }
    return carriesText ? withText { String(decoding: $0, as: UTF8.self) } : nil
  }

  var carriesText: Bool { withText { !$0.isEmpty } }

  /// Whether all of it means the same in every character set that a session can have.
  var isASCII: Bool {
    if case .statement(let request) = self, !request.parameters.isASCII { return false }
    return withText { $0.allSatisfy { $0 < 0x80 } }
  }

  /// Whether it ends a transaction, or may set the character set.
  fileprivate var isHarmless: Bool { isASCII && (begins("set") || begins("commit") || begins("rollback")) }

  /// Whether it is a statement that uses another database. Servers may not tell of that.
  var isUse: Bool { begins("use") }

  /// How many bytes it has at least.
  var size: Int {
    let text = withText { $0.count }
    guard case .statement(let request) = self else { return text }
    return max(text, request.parameters.size)
  }

  /// Whether the statement begins with a word, which is given in lower case.
  private func begins(_ word: StaticString) -> Bool {
    withText { text in
      let word = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
      let rest = text.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
      guard rest.prefix(word.count).elementsEqual(word, by: { $0 | 0x20 == $1 }) else { return false }
      guard let next = rest.dropFirst(word.count).first else { return true }
      return !next.isASCIILetterOrDigit && next != UInt8(ascii: "_")
    }
  }
}
