/// What a client's connections are doing.
public struct MySQLPoolStatus: Sendable, Hashable {
  /// How many connections are free.
  public let idle: Int
  /// How many are in use.
  public let leased: Int
  /// How many are being opened.
  public let opening: Int
  /// How many tasks wait for one.
  public let waiting: Int
  /// The connections in use, the longest lease first.
  public let leases: [Lease]

  /// How many connections are open.
  public var open: Int { idle + leased }

  /// The use of one connection.
  public struct Lease: Sendable, Hashable {
    /// Where the program asked for it, as `Module/File.swift:12`.
    public let location: String
    /// How long ago that was.
    public let duration: Duration
  }
}
