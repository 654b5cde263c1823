import MySQL

extension Arguments.DefaultsFiles {
  private static let groups = MySQLConfiguration.standardOptionGroups + ["mysql", "mariadb-client"]

  /// Reads the chosen option files. Returns their options in the order in which they apply.
  func read() throws(MySQLError) -> [OptionFileEntry] {
    if isNone { return [] }
    let groups = Self.groups + (groupSuffix.map { suffix in Self.groups.map { $0 + suffix } } ?? [])
    if let only { return try OptionFileEntry.read([only], groups: groups) }
    let extra = extra.map { [$0] } ?? []
    return try OptionFileEntry.read(MySQLConfiguration.standardOptionFiles + extra, groups: groups)
  }
}

extension OptionFileEntry {
  /// Whether the library handles it. Character sets are left to the command, since it passes on bytes of any set.
  var isOfConnection: Bool {
    isKnown
      && !["charset", "character-set", "character-encoding", "default-character-set"].contains(normalName)
  }

  var normalName: String { bareName.lowercased().replacing("_", with: "-") }
}
