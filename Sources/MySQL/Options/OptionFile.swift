import Foundation

extension MySQLConfiguration {
  /// The files that the `mysql` command reads on Linux and macOS, in its order. A leading `~/` is the
  /// user's home. (The encrypted `~/.mylogin.cnf` is not among them.)
  public static let standardOptionFiles = ["/etc/my.cnf", "/etc/mysql/my.cnf", "~/.my.cnf"]

  /// The groups of an option file that apply to every client, of MySQL and of MariaDB.
  public static let standardOptionGroups = ["client", "client-server", "client-mariadb"]

  /// Makes settings from the defaults and option files. See `applyOptionFiles(_:groups:)`.
  public init(
    optionFiles: [String], groups: [String] = MySQLConfiguration.standardOptionGroups
  ) throws(MySQLError) {
    self.init()
    try applyOptionFiles(optionFiles, groups: groups)
  }

  /// Reads option files, such as `~/.my.cnf`, and applies them to these settings. Later lines and files take
  /// precedence over earlier ones.
  ///
  /// Options are named as in URLs; `user`, `password`, `host`, `port` and `database` are options too. Unknown
  /// options are ignored, since the files are for other programs too. But those that begin with `ssl` or
  /// `tls` are errors, because ignoring them would be less secure than intended, unless they are written with
  /// the prefix `loose-`. A standard file that does not exist, and a file that everybody on the machine can
  /// write, are ignored; any other file must exist. Nothing is read unless this is called. It blocks the
  /// thread while it reads.
  ///
  /// - Throws: A `MySQLError` of the kind `configuration`, with file and line. The settings are then
  ///   unchanged.
  public mutating func applyOptionFiles(
    _ paths: [String] = MySQLConfiguration.standardOptionFiles,
    groups: [String] = MySQLConfiguration.standardOptionGroups
  ) throws(MySQLError) {
    try apply(OptionFileEntry.read(paths, groups: groups))
  }

  /// Applies options of option files to these settings, as `applyOptionFiles(_:groups:)` does.
  package mutating func apply(_ entries: [OptionFileEntry]) throws(MySQLError) {
    var draft = ConfigurationDraft(self)
    for entry in entries { try entry.apply(to: &draft) }
    self = try draft.finished(in: "option files")
  }
}

/// An option of an option file, whatever program it is for.
package struct OptionFileEntry: Sendable {
  package let name: String
  package let value: [UInt8]?
  /// The file and the line.
  package let place: String

  /// Reads the options of some groups, in the order in which they apply.
  ///
  /// - Throws: A `MySQLError` of the kind `configuration`, with file and line, if a file cannot be read.
  package static func read(_ paths: [String], groups: [String]) throws(MySQLError) -> [OptionFileEntry] {
    var reader = OptionFileReader(groups: groups)
    for path in paths {
      try reader.read(path, mayBeMissing: MySQLConfiguration.standardOptionFiles.contains(path))
    }
    return reader.entries
  }

  /// Whether it is an option of a connection, and not one of a program only.
  package var isKnown: Bool { find() != nil }
}

/// Follows option files from line to line, and from file to included file.
private struct OptionFileReader {
  private static let deepestInclude = 10

  private(set) var entries: [OptionFileEntry] = []
  private let groups: [String]

  init(groups: [String]) { self.groups = groups.map { $0.lowercased() } }

  mutating func read(_ path: String, depth: Int = 0, mayBeMissing: Bool = false) throws(MySQLError) {
    let path = path.hasPrefix("~/") ? NSHomeDirectory() + path.dropFirst() : path
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
    guard let file = FileHandle(forReadingAtPath: path) else {
      if mayBeMissing, !FileManager.default.fileExists(atPath: path) { return nil }
      throw .configuration("\(path): the option file cannot be read")
    }
    var status = stat()
    // Checked on the open file, so that nobody can swap it in between.
    guard fstat(file.fileDescriptor, &status) == 0, let data = try? file.readToEnd() ?? Data() else {
      throw .configuration("\(path): the option file cannot be read")
    }
    let isRegular = status.st_mode & S_IFMT == S_IFREG
    return isRegular && status.st_mode & S_IWOTH != 0 ? nil : Array(data)
  }
}

extension OptionFileEntry {
  private var isLoose: Bool {
    name.lowercased().hasPrefix("loose-") || name.lowercased().hasPrefix("loose_")
  }

  /// The name without the prefix that allows it to be unknown.
  package var bareName: String { isLoose ? String(name.dropFirst("loose-".count)) : name }

  fileprivate func apply(to draft: inout ConfigurationDraft) throws(MySQLError) {
    guard let (option, switched) = find() else {
      let bare = bareName
      let isSecurity = ["ssl", "tls"].contains(OptionName(Self.unprefixed(bare) ?? bare).text.prefix(3))
      if isLoose || !isSecurity { return }
      throw .configuration("\(place): \(ConfigurationOption.complaint(about: bare, in: .file))")
    }
    let text: String
    if let value {
      guard switched == nil, let valid = String(validating: value, as: UTF8.self) else {
        let fault = switched == nil ? "is not UTF-8" : "takes no value after its prefix"
        throw .configuration("\(place): option \(option.name) \(fault)")
      }
      text = valid
    } else if option.isFlag {
      text = switched ?? "true"
    } else {
      // For the `mysql` commands, `password` without a value means to prompt for it.
      return
    }
    guard option.apply(text, .file, &draft) else {
      throw .configuration("\(place): option \(option.name) takes \(option.expects)")
    }
  }

  /// Returns the option with this name, or the flag with this name after a prefix that turns it on or off.
  private func find() -> (option: ConfigurationOption, switched: String?)? {
    let name = bareName
    if let option = ConfigurationOption.named(name, in: .file) { return (option, nil) }
    guard let rest = Self.unprefixed(name), let option = ConfigurationOption.named(rest, in: .file),
      option.isFlag
    else { return nil }
    return (option, name.lowercased().hasPrefix("enable") ? "true" : "false")
  }

  private static func unprefixed(_ name: String) -> String? {
    ["skip-", "skip_", "disable-", "disable_", "enable-", "enable_"]
      .first { name.lowercased().hasPrefix($0) }
      .map { String(name.dropFirst($0.count)) }
  }
}
