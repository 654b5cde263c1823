/// A breach of the protocol by the peer. The parsers in this module throw nothing else, and callers that
/// catch a violation close the connection: after it, no later byte can be trusted.
package enum Violation: Error, Equatable, Sendable {
  /// A packet ended before the field that was read.
  case truncated
  /// Bytes were left over after the last field of the named packet.
  case trailingBytes(in: Subject)
  /// A field held a value that the protocol does not allow.
  case malformed(Subject)
  /// A packet arrived that the session could not expect in this state.
  case unexpectedPacket(Subject, header: UInt8)
  /// A packet's sequence id broke the count.
  case sequence(expected: UInt8, received: UInt8)
  /// The server speaks something that is not this protocol (an HTTP or SSH server, perhaps).
  case notMySQL
  /// The server's handshake version is not 10.
  case unsupportedProtocol(version: UInt8)
  /// The server lacks a capability that this client cannot do without, such as CLIENT_PROTOCOL_41.
  case missingCapability(Capabilities)
  /// Bytes followed the greeting in clear text, where TLS had to start.
  case bytesBeforeTLS
  /// The server asked for more than a limit of the client allows.
  case limitExceeded(Limit)
  /// The server chose a login that the client refuses or cannot do.
  indirect case authentication(AuthenticationRefusal)
  /// The server refused a command that prepares the session, and another command was already sent after it.
  indirect case notReady(ErrorPacket)

  /// The packet or field that was being read.
  package enum Subject: String, Equatable, CaseIterable, Sendable {
    case packet, lengthEncodedInteger, greeting, authSwitch, authMoreData, authNextFactor, publicKey
    case okPacket, eofPacket, errorPacket, sessionTrack, columnCount, columnDefinition, extendedMetadata
    case textRow, binaryRow, prepareResponse, localInfile, progressReport, response
    case null, integer, float, double, decimal, date, time, dateTime, year, bit, vector
  }

  /// The limit that was hit.
  package enum Limit: String, Equatable, CaseIterable, Sendable {
    case payloadSize, columns, definitions, sessionChanges, authenticationRounds, authenticationFactors
  }

  /// The reason why the client did not answer a login that the server asked for.
  package enum AuthenticationRefusal: Equatable, Sendable {
    /// The plugin is unknown to this library.
    case unknownPlugin(String)
    /// The plugin is known but not on the allow-list.
    case pluginNotAllowed(String)
    /// The plugin would send a readable password over an insecure channel.
    case insecureChannel(String)
    /// The server's RSA key is needed but was not pinned, and asking the server for it is not allowed.
    case publicKeyRetrievalNotAllowed
    /// The server's RSA key is not usable: not RSA, a bad size, an even modulus or a bad exponent.
    case unusablePublicKey
    /// The account needs another factor for which no password was given.
    case missingFactor(Int)
    /// The password cannot be carried by this plugin (a NUL in it, or too long).
    case unusablePassword
  }
}
