struct CaptureExpectation: Decodable, Sendable {
  var server: String
  var client: String
  var shows: String
  var conversations: [ConversationExpectation]
}

struct ConversationExpectation: Decodable, Sendable {
  var user: String
  var password: String
  var passwords: [String]?
  var login: LoginExpectation
  var plugin: String?
  var deterministic: Bool
  var unasked: ErrorExpectation?
  var end: String
  var expect: [ExchangeExpectation]?

  /// Whether the client refused to give the server what it asked for. MySQL sends 1158 to clients that leave
  /// at that point.
  var clientLeaves: Bool {
    login == .abandoned || login == .error(ErrorExpectation(code: 1158, state: "08S01"))
  }
}

enum LoginExpectation: Decodable, Equatable {
  case ok, tls, compressed
  /// The client refused to give the server what it asked for, and left.
  case abandoned
  case error(ErrorExpectation)

  private struct Failure: Decodable {
    var error: ErrorExpectation
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let word = try? container.decode(String.self) else {
      self = .error(try container.decode(Failure.self).error)
      return
    }
    switch word {
    case "ok": self = .ok
    case "tls": self = .tls
    case "compressed": self = .compressed
    case "abandoned": self = .abandoned
    default: throw FixtureError.login(word)
    }
  }
}

struct ErrorExpectation: Decodable, Equatable, Sendable {
  var code: UInt16
  var state: String?
}

struct ExchangeExpectation: Decodable, Sendable {
  var sql: String?
  var `protocol`: String?
  var command: String?
  /// The password of COM_CHANGE_USER.
  var password: String?
  var results: [ResultExpectation]
}

struct ResultExpectation: Decodable, Sendable {
  var columns: [String]?
  var rows: [[String?]]?
  var ok: OKExpectation?
  var error: ErrorExpectation?
  /// The name of the file that the server asks for.
  var localInfile: String?
}

struct OKExpectation: Decodable, Sendable {
  var affected: UInt64?
  var insertId: UInt64?
  var warnings: UInt16?
  var info: String?
}
