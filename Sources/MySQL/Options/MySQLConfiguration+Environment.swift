import Foundation

extension MySQLConfiguration {
  /// Takes host, port, socket and password from the variables that the `mysql` command knows: `MYSQL_HOST`,
  /// `MYSQL_TCP_PORT`, `MYSQL_UNIX_PORT` (a socket's path) and `MYSQL_PWD`. A socket counts only if the host
  /// is `localhost`.
  ///
  /// Apply the environment before option files and URLs: later sources take precedence over earlier ones.
  /// Empty variables count as missing. Nothing is read unless this is called.
  ///
  /// - Parameter environment: The variables. Nil takes those of this process.
  /// - Throws: A `MySQLError` of the kind `configuration` if the port is not a number.
  public mutating func applyEnvironment(
    _ environment: [String: String]? = nil
  ) throws(MySQLError) {
    let environment = environment ?? ProcessInfo.processInfo.environment
    var draft = ConfigurationDraft(self)
    for (variable, name) in [
      ("MYSQL_HOST", "host"), ("MYSQL_TCP_PORT", "port"), ("MYSQL_UNIX_PORT", "socket"),
      ("MYSQL_PWD", "password"),
    ] {
      guard let text = environment[variable], !text.isEmpty,
        let option = ConfigurationOption.named(name, in: .file)
      else { continue }
      guard option.apply(text, .file, &draft) else {
        throw .configuration("environment variable \(variable) takes \(option.expects)")
      }
    }
    self = try draft.finished(in: "environment")
  }

  /// Makes settings from the defaults and the environment. See `applyEnvironment(_:)`.
  public init(environment: [String: String]) throws(MySQLError) {
    self.init()
    try applyEnvironment(environment)
  }
}
