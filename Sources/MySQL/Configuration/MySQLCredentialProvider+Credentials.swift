extension MySQLCredentialProvider {
  /// The user and passwords of a login.
  public struct Credentials: Sendable, Hashable {
    /// The account's name. Nil takes the settings' user.
    public var user: String?
    /// The password. Nil and empty both mean none.
    public var password: MySQLSecret?
    /// The passwords for the second and third factor of accounts that have them.
    public var additionalPasswords: [MySQLSecret] = []

    /// Makes credentials, for the settings' user unless another is named.
    public init(user: String? = nil, password: MySQLSecret?) {
      self.user = user
      self.password = password
    }
  }
}
