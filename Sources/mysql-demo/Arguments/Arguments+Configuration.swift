import Foundation
import MySQL

extension Arguments {
  private static let socket = "/run/mysqld/mysqld.sock"

  /// Returns the settings of the connection from the environment, option files, the URL and the options, each
  /// overriding the one before; and whether any of them names the server.
  func configuration(
    _ environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(MySQLError) -> (settings: MySQLConfiguration, isServerNamed: Bool) {
    // The port stays this one unless something names another.
    let unnamed = MySQLConfiguration.Endpoint.tcp(host: "localhost", port: 3306)
    var settings = MySQLConfiguration(unnamed)
    try settings.applyEnvironment(environment)
    // Allowed unless something forbids it, such as an option file.
    settings.allowsLocalInfile = true
    try settings.apply(fileOptions)
    // Packages of servers and clients name the usual socket in their option files, whether or not it exists. With
    // `--wait`, that socket is what the command waits for.
    if case .unixSocket(let path) = settings.endpoint, environment["MYSQL_UNIX_PORT"] == nil,
      defaults.only == nil, waitingTime == nil, FileAccess.failure(path) == ENOENT
    {
      settings.endpoint = unnamed
    }
    if let url { try settings.apply(url: url) }
    var isNamed = settings.endpoints != [unnamed] || url != nil
    isNamed = isNamed || environment["MYSQL_HOST"] != nil
    try applyOptions(to: &settings)
    if host != nil || port != nil || socket != nil { isNamed = true }
    if settings.endpoints.count == 1 || host != nil {
      settings.endpoint = endpoint(over: settings.endpoint, isPortNamed: url != nil)
    } else if let port {
      settings.endpoints = settings.endpoints.map { $0.at(port: port) }
    }
    return (settings, isNamed)
  }

  private func applyOptions(to settings: inout MySQLConfiguration) throws(MySQLError) {
    for (name, value) in self.settings { try settings.apply(option: name, value: value) }
    if let user { settings.user = user }
    if user == nil, settings.user.isEmpty { settings.user = Self.systemUser }
    if case .given(let bytes) = password { settings.password = MySQLSecret(bytes: bytes) }
    if let database { settings.database = String(decoding: database, as: UTF8.self) }
    if let connectTimeout { settings.connectTimeout = .seconds(connectTimeout) }
    if let initCommand { settings.initCommands.append(initCommand) }
    settings.initCommands += rules.initCommands
    if let localInfile { settings.allowsLocalInfile = localInfile }
    settings.allowsMultipleStatements = true
    settings.programName = "mysql-demo"
  }

  /// Returns the endpoint by the rules of the official command: a port, or a host other than localhost, means TCP;
  /// otherwise a unix socket.
  private func endpoint(
    over current: MySQLConfiguration.Endpoint, isPortNamed: Bool
  ) -> MySQLConfiguration.Endpoint {
    let host = host ?? current.host
    let isLocal = host.lowercased() == "localhost"
    if protocolName?.lowercased() == "tcp" || port != nil || isPortNamed && socket == nil {
      if case .unixSocket = current, port == nil, protocolName == nil { return current }
      return .tcp(host: host, port: port ?? current.port ?? 3306)
    }
    guard isLocal else { return .tcp(host: host, port: current.port ?? 3306) }
    if let socket { return .unixSocket(path: socket) }
    if self.host == nil, case .unixSocket = current { return current }
    return .unixSocket(path: Self.socket)
  }

  private static var systemUser: String {
    if geteuid() == 0 { return "root" }
    if let entry = getpwuid(geteuid()), let name = entry.pointee.pw_name { return String(cString: name) }
    return ProcessInfo.processInfo.environment["USER"] ?? "UNKNOWN_USER"
  }
}

extension MySQLConfiguration.Endpoint {
  fileprivate var port: UInt16? { if case .tcp(_, let port) = self { port } else { nil } }
}
