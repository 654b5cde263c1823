import Foundation

/// The files of this package, for tests that compare what a page or comment says with what the code does.
enum ProjectFile {
  static let root: URL = {
    // Several targets have a link to this file in their folders.
    var folder = URL(fileURLWithPath: #filePath)
    while folder.lastPathComponent != "Tests", folder.pathComponents.count > 1 {
      folder.deleteLastPathComponent()
    }
    return folder.deletingLastPathComponent()
  }()

  /// Returns what a file says, as one line.
  static func words(of path: String) throws -> String {
    try text(of: path).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  static func text(of path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }
}

extension StringProtocol {
  /// Returns the text between two others, or nil if they are not there.
  func between(_ start: String, _ end: String) -> SubSequence? {
    guard let first = range(of: start), let last = self[first.upperBound...].range(of: end) else {
      return nil
    }
    return self[first.upperBound..<last.lowerBound]
  }

  /// What stands in backquotes.
  var quoted: [String] {
    split(separator: "`", omittingEmptySubsequences: false).enumerated().filter { $0.offset % 2 == 1 }
      .map { String($0.element) }
  }
}
