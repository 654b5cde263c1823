/// How much a server may ask of this client. Announced lengths never drive an allocation; these limits end
/// what keeps arriving.
package struct Limits: Sendable, Equatable {
  /// The largest payload, joined from all its packets. Only a row can come near it.
  package var payload = 1 << 30
  /// The largest payload after the login that is neither a row nor a definition.
  package var message = 2 << 20
  /// The largest payload of a login.
  package var loginMessage = 1 << 20
  /// The most bytes that all payloads of a login have together.
  package var login = 4 << 20
  /// The most columns (and parameters) of a result; servers have at most 4,096 columns, and statements at
  /// most 65,535 parameters.
  package var columns = 65_535
  /// The largest payload of a definition of a column or parameter.
  package var definition = 1 << 20
  /// The most memory that all definitions of a result or statement take together. 65,535 parameters, which
  /// have no names, need 9 MiB.
  package var definitions = 16 << 20
  /// The most packets a server may spend on one login.
  package var authenticationRounds = 8
  /// How many bytes of an error's text are kept.
  package var errorText = 64 << 10
  /// The most changes of the session that one OK may tell.
  package var sessionChanges = 16_384

  package init() {}
}
