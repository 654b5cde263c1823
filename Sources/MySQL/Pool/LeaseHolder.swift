/// Where in a program a connection was leased.
struct LeaseHolder: Sendable, Hashable {
  let file: StaticString
  let line: UInt

  init(_ file: StaticString, _ line: UInt) {
    self.file = file
    self.line = line
  }

  var text: String { "\(file):\(line)" }

  static func == (left: Self, right: Self) -> Bool { left.line == right.line && left.text == right.text }
  func hash(into hasher: inout Hasher) { hasher.combine(line) }
}
