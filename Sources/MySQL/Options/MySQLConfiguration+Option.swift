extension MySQLConfiguration {
  /// Sets one option by its name, as a line of an option file would.
  ///
  /// - Throws: A `MySQLError` of the kind `configuration` if there is no such option, or if it does not take
  ///   the value. The settings are then unchanged.
  package mutating func apply(option name: String, value: String) throws(MySQLError) {
    guard let option = ConfigurationOption.named(name, in: .file) else {
      throw .configuration(ConfigurationOption.complaint(about: name, in: .file))
    }
    var draft = ConfigurationDraft(self)
    guard option.apply(value, .file, &draft) else {
      throw .configuration("option \(option.name) takes \(option.expects)")
    }
    self = try draft.finished(in: "options")
  }
}
