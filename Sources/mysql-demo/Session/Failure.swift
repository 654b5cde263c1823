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

  /// A file for LOAD DATA LOCAL that cannot be opened.
  init(unreadable path: String) {
    let number = Int(FileAccess.failure(path) ?? EIO)
    self.init("File '\(path)' not found (Errcode: \(number))", code: number, state: "HY000")
  }

  /// Why no connection could be made. The first line is the official command's, where it has one.
  init(connecting error: MySQLError, to endpoint: MySQLEndpoint) {
    if error.server != nil {
      self.init(error)
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
}
