import Foundation
import MySQL

/// An error as the official command prints it.
struct Failure {
  let code: Int?
  let state: String?
  let message: [UInt8]

  init(_ message: String, code: Int? = nil, state: String? = nil, bytes: [UInt8]? = nil) {
    self.code = code
    self.state = state
    self.message = bytes ?? Array(message.utf8)
  }

  init(_ error: MySQLError) {
    if let server = error.server {
      self.init(
        server.message, code: Int(server.code.rawValue),
        state: server.sqlState.isEmpty ? "HY000" : server.sqlState, bytes: server.rawMessage)
      return
    }
    switch error.kind {
    case .connectionLost: self.init("Lost connection to server during query", code: 2013, state: "HY000")
    case .connectionClosed: self.init("Server has gone away", code: 2006, state: "HY000")
    default: self.init(error.message, code: 2000, state: "HY000")
    }
  }

  /// Makes the error for a LOAD DATA LOCAL file that cannot be opened. Where the name is empty, the official client
  /// gives no reason.
  init(unreadableFile name: [UInt8], _ reason: Int32) {
    let number = name.isEmpty ? 0 : reason
    let text = Array("File '".utf8) + name + Array("' not found (Errcode: \(number))".utf8)
    self.init("", code: number == 0 ? nil : Int(number), state: "HY000", bytes: text)
  }

  /// Makes the error for a file that the server asks for and that no statement names.
  init(refusedFile name: [UInt8]) {
    let text = Array("The server asks for the file '".utf8) + name
    // CR_LOAD_DATA_LOCAL_INFILE_REJECTED
    self.init(
      "", code: 2068, state: "HY000",
      bytes: text + Array("', which the statement does not name. It was not sent.".utf8))
  }

  /// The error without the place at which it occurred.
  var text: String {
    let code = code.map { " \($0) (\(state ?? "HY000"))" } ?? ""
    return "ERROR\(code): " + String(decoding: message, as: UTF8.self)
  }

  /// Makes the error for a connection that could not be made. The text is the official command's, where it has one.
  /// The official command knows one server: where there are several, the text says what is wrong with each.
  init(connecting error: MySQLError, to endpoints: [MySQLConfiguration.Endpoint]) {
    if error.server != nil {
      self.init(error)
      return
    }
    guard endpoints.count == 1, let endpoint = endpoints.first else {
      let code = Self.kinds.contains(error.kind) ? 2002 : 2000
      self.init(error.message, code: code, state: "HY000")
      return
    }
    switch (error.kind, endpoint) {
    case (.unknownHost, .tcp(let host, _)):
      self.init("Unknown server host '\(host)' (-2)", code: 2005, state: "HY000")
    case (.connectionRefused, .tcp(let host, _)):
      self.init("Can't connect to server on '\(host)' (115)", code: 2002, state: "HY000")
    case (.timeout, .tcp(let host, _)):
      self.init("Can't connect to server on '\(host)' (110)", code: 2002, state: "HY000")
    case (.connectionRefused, .unixSocket(let path)), (.timeout, .unixSocket(let path)):
      let number = FileAccess.failure(path, writes: true) ?? ECONNREFUSED
      self.init(
        "Can't connect to local server through socket '\(path)' (\(number))", code: 2002, state: "HY000")
    case (.connectionLost, _), (.notMySQL, _):
      self.init(
        "Lost connection to server at 'handshake: reading initial communication packet', system error: 115",
        code: 2013, state: "HY000")
    default: self.init(error.message, code: 2000, state: "HY000")
    }
  }

  /// Those of servers that cannot be reached.
  private static let kinds: [MySQLError.Kind] = [.unknownHost, .connectionRefused, .timeout, .connectionLost]
}

extension MySQLConfiguration {
  /// The servers, as a person would write them.
  var servers: String { endpoints.map(\.text).joined(separator: ", ") }
}
