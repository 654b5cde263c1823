import Testing

/// What a server can send to fill the memory of its client.
enum MemoryAttack: String, CaseIterable, Codable, CustomTestStringConvertible {
  // In the login.
  case endlessLoginPacket, longLoginPackets, authMoreDataForEver, switchesForEver, longGreeting
  case longMethodName, longKey, longRefusal, loginThatChangesTheSession
  // In the answer to a command.
  case columnCountOf64Bits, columnCountOf32Bits, cellOf64Bits
  case endlessAnswer, endlessRow, longError, longText, sessionChanges
  case longDefinitions, manyDefinitions, brokenDefinitions, longFileName
  case endlessResults, endlessRows, unreadRows, unreadProgress
  // In the answers to many commands, and to none.
  case manyPreparations, preparationOfParameters, longAnswersToABatch, unaskedError

  var testDescription: String { rawValue }

  /// Where the attack begins.
  enum Stage {
    case greeting, login, query, preparation, batch, idle
  }

  var stage: Stage {
    switch self {
    case .longGreeting, .longRefusal: .greeting
    case .endlessLoginPacket, .longLoginPackets, .authMoreDataForEver, .switchesForEver, .longMethodName,
      .longKey, .loginThatChangesTheSession:
      .login
    case .manyPreparations, .preparationOfParameters: .preparation
    case .longAnswersToABatch: .batch
    case .unaskedError: .idle
    default: .query
    }
  }

  /// Whether the client stops the server, because rows stay unread, instead of refusing it.
  var isUnread: Bool { self == .unreadRows || self == .unreadProgress }

  /// Whether each answer by itself is in order.
  var isInOrder: Bool { isUnread || self == .manyPreparations || self == .longAnswersToABatch }

  /// How much memory the user has asked for: the largest row that the settings allow.
  var asked: Int { self == .endlessRow || self == .cellOf64Bits ? 16 << 20 : 0 }
}
