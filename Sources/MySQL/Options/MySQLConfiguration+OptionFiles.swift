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
