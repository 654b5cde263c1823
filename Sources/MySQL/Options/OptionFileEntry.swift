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

extension OptionFileEntry {
  private var isLoose: Bool {
    name.lowercased().hasPrefix("loose-") || name.lowercased().hasPrefix("loose_")
  }

  /// The name without the prefix that allows it to be unknown.
  package var bareName: String { isLoose ? String(name.dropFirst("loose-".count)) : name }

  func apply(to draft: inout ConfigurationDraft) throws(MySQLError) {
    guard let (option, switched) = find() else {
      let bare = bareName
      let isSecurity = ["ssl", "tls"].contains(OptionName(Self.split(bare)?.rest ?? bare).text.prefix(3))
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
    guard let (isOn, rest) = Self.split(name), let option = ConfigurationOption.named(rest, in: .file),
      option.isFlag
    else { return nil }
    return (option, isOn ? "true" : "false")
  }

  /// Splits a name in any case of letters, and with either kind of dash.
  private static func split(_ name: String) -> (isOn: Bool, rest: String)? {
    OptionSwitch.split(name.lowercased().replacing("_", with: "-"))
  }
}
