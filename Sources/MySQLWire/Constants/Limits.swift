/// Limits to what a server may ask of this client. Announced lengths never drive an allocation; these limits
/// stop data that keeps arriving.
package struct Limits: Sendable, Equatable {
  /// The largest payload, joined from all its packets. Only a row can come near it.
  package var payload = 1 << 30
  /// The largest payload after the login that is neither a row nor a definition.
  package var message = 2 << 20
  /// The largest payload of a login.
  package var loginMessage = 1 << 20
  /// The maximum total size of all payloads of a login.
  package var login = 4 << 20
  /// The maximum number of columns (and parameters) of a result. Servers have at most 4,096 columns, and
  /// statements at most 65,535 parameters.
  package var columns = 65_535
  /// The largest payload of a definition of a column or parameter.
  package var definition = 1 << 20
  /// The maximum memory for all definitions of a result or statement. 65,535 parameters, which have no names,
  /// need 9 MiB.
  package var definitions = 16 << 20
  /// The maximum number of packets that a server may send in one login.
  package var authenticationRounds = 8
  /// The maximum size of an error's text, in bytes. The rest is cut off.
  package var errorText = 64 << 10
  /// The maximum number of session changes in one OK packet.
  package var sessionChanges = 16_384

  package init() {}
}
