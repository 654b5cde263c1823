import MySQL

extension Arguments.DefaultsFiles {
  private static let groups = MySQLConfiguration.standardOptionGroups + ["mysql", "mariadb-client"]

  /// The options of the files that are to be read, in the order in which they count.
  func read() throws(MySQLError) -> [OptionFileEntry] {
    if isNone { return [] }
    let groups = Self.groups + (groupSuffix.map { suffix in Self.groups.map { $0 + suffix } } ?? [])
    if let only { return try OptionFileEntry.read([only], groups: groups) }
    let extra = extra.map { [$0] } ?? []
    return try OptionFileEntry.read(MySQLConfiguration.standardOptionFiles + extra, groups: groups)
  }
}

extension OptionFileEntry {
  /// Whether the library reads it. Character sets are the command's own affair: it passes on bytes of any.
  var isOfConnection: Bool {
    isKnown
      && !["charset", "character-set", "character-encoding", "default-character-set"].contains(normalName)
  }

  var normalName: String { bareName.lowercased().replacing("_", with: "-") }
}
