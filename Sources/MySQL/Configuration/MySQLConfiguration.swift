/// Where to connect to, as whom, and how.
///
/// Every option is a property; most can also be given in a URL, in option files and by the environment. Its
/// descriptions, and every error about it, are without passwords.
public struct MySQLConfiguration: Sendable, Hashable {
  /// Where the server listens.
  public var endpoint: MySQLEndpoint
  /// The account that logs in. Empty means the server's anonymous account: the name of the system's user is not filled in.
  public var user: String
  /// The password. Nil, like an empty one, is none.
  public var password: MySQLSecret?
  /// The passwords for the second and third factor of accounts that have them.
  public var furtherPasswords: [MySQLSecret] = []
  /// Is asked for user and passwords at each login, and goes before those here.
  public var credentials: MySQLCredentialProvider?
  /// The database to begin in. Nil begins in none.
  public var database: String?

  /// How the connection is encrypted.
  public var tls = MySQLTLS()
  /// Where the server's RSA key comes from, which protects a password where TLS does not.
  public var publicKey = MySQLPublicKeyPolicy.none
  /// Whether a server may have the password as it is, over verified TLS or a unix socket. Where
  /// `authenticationMethods` is set, `clearPassword` has to be among them too.
  public var allowsClearPassword = false
  /// The ways to log in that a server may choose from. Nil is all, but `clearPassword` only with
  /// `allowsClearPassword`.
  public var authenticationMethods: Set<MySQLAuthenticationMethod>?

  /// How long connecting may take, from asking the credential provider to the end of `initCommands`. The time in
  /// which this program is busy itself does not count.
  public var connectTimeout = Duration.seconds(10)
  /// How long a statement may take, from being sent to the end of its answer. After that the call throws, and the
  /// statement is ended as `cancellation` says. Nil is as long as it likes.
  public var queryTimeout: Duration?
  /// What becomes of a statement whose task is cancelled, or whose time is up.
  public var cancellation = MySQLCancellation.kill

  /// How many connections a client has at most.
  public var maxConnections = 10
  /// How many connections a client keeps open, once it has opened them.
  public var minConnections = 0
  /// How long a task waits for one of a client's connections to come free.
  public var acquireTimeout = Duration.seconds(10)
  /// How long one of a client's connections may be idle before it is closed; nil for ever.
  public var idleTimeout: Duration? = .seconds(180)
  /// How old one of a client's connections may be, less up to a tenth so that not all end at once; nil for any age.
  public var maxLifetime: Duration? = .seconds(1800)

  /// How long a connection is silent before the system asks whether the other side is still there. Nil
  /// never asks.
  public var tcpKeepAlive: Duration? = .seconds(60)

  /// The collation of the connection, one of utf8mb4. Nil takes the server's default for utf8mb4. The
  /// character set is always utf8mb4.
  public var collation: String?
  /// The collation to log in with, by its number: for programs that pass on bytes of any character set. Their sessions
  /// are not made utf8mb4, and statements are sent whatever the session's character set is.
  package var loginCollation: UInt8?
  /// What to run, in this order, on each new connection.
  public var initCommands: [String] = []
  /// The name of this program, as the server's administrator sees it in
  /// `performance_schema.session_connect_attrs`. Nil takes the name of the process; empty sends none.
  public var programName: String?
  /// What else to tell the server's administrator about this program.
  public var attributes: [String: String] = [:]

  /// Whether an UPDATE counts the rows it found rather than those it changed.
  public var foundRows = false
  /// Whether one text may hold several statements, parted by semicolons. It makes an injection worse.
  public var multiStatements = false
  /// Whether LOAD DATA LOCAL is possible at all. Each call brings its own source as well: a server never
  /// gets a file that the call did not name.
  public var localInfile = false
  /// Whether the server applies its `interactive_timeout` in place of `wait_timeout`.
  public var interactive = false
  /// The largest statement, parameter or row, in bytes: a larger one is not sent (kind `encoding`), and closes the
  /// connection where it is received. The servers' own largest is 1 GiB, which is also the default here: nothing is
  /// allocated by it. The server has a limit of its own, `max_allowed_packet`; what is larger than that fails with its
  /// error 1153.
  public var maxAllowedPacket = 1 << 30
  /// Whether `executeBatch` sends executions without waiting for the answers to those before. Nil, the default, does
  /// so over TLS, unless the server calls itself a `-router`: MySQL Router (9.7.4) mixes up commands that arrive
  /// together in clear text, and reports success. Say true for a server that is reached in clear text or by a unix
  /// socket, if no proxy but one that keeps commands apart is in between.
  public var pipelining: Bool?
  /// How statements with values travel.
  public var statementMode = MySQLStatementMode.prepared
  /// How many prepared statements a connection keeps for the next use. Zero keeps none.
  public var statementCacheSize = 256
  /// How many event loops connections are spread over; nil, the default, for one for each four processors. A
  /// connection that a task on an event loop opens belongs to that loop.
  public var eventLoops: Int?

  /// The defaults, for an endpoint and a user.
  public init(
    _ endpoint: MySQLEndpoint = .tcp(host: "localhost"), user: String = "", password: MySQLSecret? = nil,
    database: String? = nil
  ) {
    self.endpoint = endpoint
    self.user = user
    self.password = password
    self.database = database
  }
}
