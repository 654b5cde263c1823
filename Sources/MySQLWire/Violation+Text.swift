extension Violation: CustomStringConvertible {
  /// What the peer did, in words that follow "the server's bytes break the protocol: ".
  package var description: String {
    switch self {
    case .truncated: "a packet ends too early"
    case .trailingBytes(let subject): "there are bytes left over after \(subject.name)"
    case .malformed(let subject): "\(subject.name) is malformed"
    case .unexpectedPacket(let subject, let header):
      "a packet that begins with the byte \(header) arrived in place of \(subject.name)"
    case .sequence(let expected, let received):
      "a packet has the sequence id \(received), where \(expected) must follow"
    case .notMySQL: "it is not the protocol of MySQL"
    case .unsupportedProtocol(let version): "it is version \(version) of the protocol"
    case .missingCapability: "the server lacks a capability that this client needs"
    case .bytesBeforeTLS: "bytes in clear text arrived where TLS had to begin"
    case .limitExceeded(let limit): limit.text
    case .notReady(let error): "the session could not be set up (error \(error.code))"
    case .authentication(let refusal): "the login cannot go on: \(refusal)"
    }
  }
}

extension Violation.Subject {
  /// The packet or field as a person would name it.
  package var name: String {
    switch self {
    case .packet: "a packet"
    case .lengthEncodedInteger: "a length"
    case .greeting: "the greeting"
    case .authSwitch: "the request for another login method"
    case .authMoreData: "what the login method needs"
    case .authNextFactor: "the request for the login's next factor"
    case .publicKey: "the RSA key"
    case .okPacket: "an OK packet"
    case .eofPacket: "an EOF packet"
    case .errorPacket: "an error packet"
    case .sessionTrack: "the list of changes to the session"
    case .columnCount: "the number of columns"
    case .columnDefinition: "the definition of a column"
    case .extendedMetadata: "the extended type of a column"
    case .textRow: "a row"
    case .binaryRow: "a row of a prepared statement"
    case .prepareResponse: "the answer to a preparation"
    case .localInfile: "the answer to a file"
    case .progressReport: "a progress report"
    case .response: "an answer"
    case .null: "a NULL"
    case .integer: "an integer"
    case .float: "a FLOAT"
    case .double: "a DOUBLE"
    case .decimal: "a DECIMAL"
    case .date: "a DATE"
    case .time: "a TIME"
    case .dateTime: "a DATETIME"
    case .year: "a YEAR"
    case .bit: "a BIT"
    case .vector: "a VECTOR"
    }
  }
}

extension Violation.Limit {
  fileprivate var text: String {
    switch self {
    case .payloadSize: "a packet is larger than it may be"
    case .columns: "a result has more columns than there can be"
    case .definitions: "the definitions of the columns take too much memory"
    case .sessionChanges: "an OK packet lists too many changes to the session"
    case .authenticationRounds: "the login has too many rounds"
    case .authenticationFactors: "the login has too many factors"
    }
  }
}

extension Violation.AuthenticationRefusal: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unknownPlugin(let name): "the login method '\(name)' is not known"
    case .pluginNotAllowed(let name): "the login method '\(name)' is not allowed"
    case .insecureChannel(let name): "the login method '\(name)' needs a secure channel"
    case .publicKeyRetrievalNotAllowed: "the server's RSA key is missing"
    case .unusablePublicKey: "the server's RSA key is not usable"
    case .missingFactor(let number): "no password was given for factor \(number)"
    case .unusablePassword: "the password cannot be sent"
    }
  }
}
