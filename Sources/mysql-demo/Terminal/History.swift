import Foundation
import MySQLTesting

/// The statements of this and earlier sessions, in `~/.mysql_demo_history`, which only the user may read.
/// Statements that may hold a password are not kept.
struct History {
  private static let limit = 1000
  /// The maximum number of bytes that are read of the file.
  private static let longest = 1 << 20
  /// The mark with which an entry of several lines begins in the file.
  private static let mark = "\u{1}"

  private(set) var entries: [String] = []
  private let path: String

  init(home: String = ProcessInfo.processInfo.environment["HOME"] ?? NSHomeDirectory()) {
    path = home + "/.mysql_demo_history"
    guard let (bytes, isWhole) = Self.contents(of: path) else { return }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    entries = lines.suffix(Self.limit).map { Self.decoded($0) }
    // The file is rewritten only now and then, so that sessions do not write all of it each time.
    if lines.count > 2 * Self.limit || !isWhole { rewrite() }
  }

  /// Returns the end of the file, and whether that is all of it, if it is a regular file: a pipe would wait for a writer.
  private static func contents(of path: String) -> (bytes: Data, isWhole: Bool)? {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return nil }
    let handle = FileHandle(fileDescriptor: file, closeOnDealloc: true)
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    let size = Int(status.st_size)
    guard size > longest else { return (try? handle.readToEnd()).flatMap { $0 }.map { ($0, true) } }
    guard (try? handle.seek(toOffset: UInt64(size - longest))) != nil, let data = try? handle.readToEnd()
    else { return nil }
    // The first line is incomplete.
    return (data.drop { $0 != UInt8(ascii: "\n") }, false)
  }

  /// Keeps a complete statement, given as its lines.
  mutating func add(_ lines: [String]) {
    let statement = lines.joined(separator: "\n")
    guard !statement.allSatisfy(\.isWhitespace), !StatementSecrets.areMentioned(in: statement),
      statement != entries.last
    else { return }
    entries.append(statement)
    append(Self.encoded(statement))
    if entries.count > Self.limit { entries.removeFirst(entries.count - Self.limit) }
  }

  /// Returns an entry as a line of the file. An entry of several lines begins with a mark, which older entries do not
  /// have; after it, `\n` stands for a line end and `\\` for a backslash.
  private static func encoded(_ entry: String) -> String {
    guard entry.contains("\n") else { return entry }
    return mark + entry.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
  }

  private static func decoded(_ line: Substring) -> String {
    guard line.hasPrefix(mark) else { return String(line) }
    var entry = ""
    var rest = line.dropFirst(mark.count)
    while let character = rest.popFirst() {
      guard character == "\\", let escaped = rest.popFirst() else {
        entry.append(character)
        continue
      }
      entry.append(escaped == "n" ? "\n" : escaped)
    }
    return entry
  }

  /// Rewrites the file with only the newest entries.
  private func rewrite() {
    let text = entries.map { Self.encoded($0) + "\n" }.joined()
    let other = path + ".\(getpid())"
    let file = open(other, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { return }
    let output = OutputBuffer(file)
    output.write(text: text)
    output.flush()
    close(file)
    if output.isOpen { rename(other, path) } else { unlink(other) }
  }

  private func append(_ entry: String) {
    let flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
    let file = open(path, flags, 0o600)
    guard file >= 0 else { return }
    defer { close(file) }
    // The file may already exist with other permissions.
    fchmod(file, 0o600)
    let output = OutputBuffer(file)
    output.write(text: entry + "\n")
    output.flush()
  }
}
