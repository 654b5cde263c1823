import Foundation

/// Follows option files from line to line, and from file to included file.
struct OptionFileReader {
  private static let deepestInclude = 10

  private(set) var entries: [OptionFileEntry] = []
  private let groups: [String]

  init(groups: [String]) { self.groups = groups.map { $0.lowercased() } }

  mutating func read(_ path: String, depth: Int = 0, mayBeMissing: Bool = false) throws(MySQLError) {
    let path =
      path.hasPrefix("~/") ? FileManager.default.homeDirectoryForCurrentUser.path + path.dropFirst() : path
    guard depth <= Self.deepestInclude else {
      throw .configuration("\(path): option files include each other too deeply")
    }
    guard let bytes = try contents(of: path, mayBeMissing: mayBeMissing) else { return }
    var group: String?
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, text) in lines.enumerated() {
      let place = "\(path):\(index + 1)"
      switch OptionFileLine(text) {
      case nil:
        throw .configuration("\(place): neither a [group], nor an option, nor !include or !includedir")
      case .blank: break
      case .group(let name): group = name.lowercased()
      case .include(let other): try read(other, depth: depth + 1)
      case .includeDirectory(let directory): try readDirectory(directory, depth: depth + 1, place: place)
      case .option(let name, let value):
        guard let group else { throw .configuration("\(place): an option before the first [group]") }
        if groups.contains(group) {
          entries.append(OptionFileEntry(name: name, value: value, place: place))
        }
      }
    }
  }

  /// Reads the files that end in `.cnf`, in the order of their names.
  private mutating func readDirectory(_ path: String, depth: Int, place: String) throws(MySQLError) {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
      throw .configuration("\(place): the directory cannot be read")
    }
    for name in names.sorted() where name.hasSuffix(".cnf") {
      try read("\(path)/\(name)", depth: depth)
    }
  }

  /// Returns the content of the file, or nil if the file is to be ignored.
  private func contents(of path: String, mayBeMissing: Bool) throws(MySQLError) -> [UInt8]? {
    guard let file = try? InputFile(path: path) else {
      if mayBeMissing, !FileManager.default.fileExists(atPath: path) { return nil }
      throw .configuration("\(path): the option file cannot be read")
    }
    // Checked on the open file, so that nobody can swap it in between.
    guard let isWritableByAll = file.isWritableByAll, let bytes = try? file.readToEnd() else {
      throw .configuration("\(path): the option file cannot be read")
    }
    return isWritableByAll ? nil : bytes
  }
}
