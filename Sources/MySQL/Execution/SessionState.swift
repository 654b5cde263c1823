import MySQLWire

/// What a connection knows about its session: a pure state machine, fed by session tracking.
struct SessionState {
  /// The database that `reset()` returns to.
  var homeDatabase: String?
  /// Whether the program has declared that it passes on bytes of any character set.
  let isByteTransparent: Bool
  /// The variables whose value is not utf8mb4, out of the three that decide how text is read and written.
  private var foreign: [String: String] = [:]

  init(_ configuration: MySQLConfiguration) {
    homeDatabase = configuration.database
    isByteTransparent = configuration.loginCollation != nil
  }

  /// Whether earlier commands may have left something in the session, such as a variable or a lock.
  var isDirty = false
  /// Whether the session may be in another database than the one in which it began.
  var hasMoved = false
  /// Whether the session belongs to another account, or has a database although it began without one. A reset undoes
  /// neither.
  var isForeign = false
  /// Whether the server is a node of Galera. After a reset, `wsrep_sync_wait` has no effect there (MariaDB 10.11, and
  /// https://github.com/mariadb-corporation/galera/issues/613).
  var isOfGalera = false

  private static let variables: Set = [
    "character_set_client", "character_set_connection", "character_set_results",
  ]

  /// Notes what a response says about the session.
  mutating func note(_ changes: [SessionChange]) {
    for change in changes {
      switch change {
      case .variable(let name, let value) where Self.variables.contains(name):
        foreign[name] = value == "utf8mb4" ? nil : value
      case .schema(let name): hasMoved = name != homeDatabase
      default: break
      }
    }
  }

  /// Notes that the session is as good as new, and will be set to utf8mb4 before anything else is sent.
  mutating func renew() {
    foreign = [:]
    isDirty = false
    hasMoved = false
  }

  /// Notes what a command is about to do.
  mutating func note(_ command: borrowing Command) {
    switch command {
    case .ping, .prepare, .resetConnection: break
    case .changeUser: isForeign = true
    case .useDatabase:
      isDirty = true
      hasMoved = true
    default: isDirty = true
    }
  }

  /// Returns why a statement or name must not be sent now; nil if it may be.
  ///
  /// All three variables count, even for ASCII statements: rows would arrive in that character set too, and a program
  /// should fail now rather than at the first name with an accent. utf8mb3 loses characters, and so do ascii and
  /// binary.
  func refusal(of work: borrowing Work) -> MySQLError? {
    guard !foreign.isEmpty, !isByteTransparent, let (name, value) = foreign.min(by: { $0.key < $1.key })
    else { return nil }
    if !work.carriesText || work.isHarmless { return nil }
    return MySQLError(
      .misuse,
      "the session's \(name) is \(value.isEmpty ? "NULL" : value), and this library sends and reads text as utf8mb4 "
        + "only: run SET NAMES utf8mb4, or reset()",
      statement: work.statement)
  }
}
