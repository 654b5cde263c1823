import MySQL

/// An observer that searches everything it is given for the password: as text, and through mirrors at any depth.
final class PasswordFinder: MySQLObserver {
  private let found = Journal<String>()
  private let heard = Counter()

  var secrets: [String] { found.entries }
  var count: Int { heard.value }

  func hear(_ value: Any) {
    heard.add(1)
    var dumped = ""
    dump(value, to: &dumped)
    for text in ["\(value)", String(reflecting: value), dumped] where Self.hasPassword(text) {
      found.note("\(type(of: value)) as text")
    }
    var seen: Set<ObjectIdentifier> = []
    look(at: value, "\(type(of: value))", &seen)
  }

  private static func hasPassword(_ text: String) -> Bool {
    text.contains(canary) || text.contains("\(Array(canary.utf8))".dropFirst().dropLast())
  }

  private func look(at value: Any, _ path: String, _ seen: inout Set<ObjectIdentifier>) {
    if type(of: value) is AnyClass, !seen.insert(ObjectIdentifier(value as AnyObject)).inserted { return }
    if let text = value as? String, Self.hasPassword(text) { found.note(path) }
    if let bytes = value as? [UInt8] {
      if bytes.contains(Array(canary.utf8)) { found.note(path) }
      return
    }
    var mirror: Mirror? = Mirror(reflecting: value)
    while let current = mirror {
      for child in current.children { look(at: child.value, path + "." + (child.label ?? "[]"), &seen) }
      mirror = current.superclassMirror
    }
  }

  func connectionOpened(_ connection: MySQLServerInfo, after duration: Duration) { hear(connection) }
  func connectionFailed(_ error: MySQLError, after duration: Duration) { hear(error) }
  func commandStarted(_ command: MySQLCommand) { hear(command) }
  func commandFinished(_ command: MySQLCommand, _ outcome: MySQLCommand.Outcome) {
    hear(command)
    hear(outcome)
  }
  func connectionClosed(_ connection: MySQLServerInfo, because error: MySQLError?) {
    hear(connection)
    if let error { hear(error) }
  }
}
