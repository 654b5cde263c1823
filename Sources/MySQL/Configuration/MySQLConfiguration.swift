/// The settings of a connection: where to connect to, as whom, and how.
///
/// Every option is a property; most can also be given in a URL, in option files and by the environment. Its
/// descriptions, and all errors about it, omit passwords.
public struct MySQLConfiguration: Sendable, Hashable {
  /// Where the servers listen: at least one, and each only once. With the target `any`, connecting tries them in this
  /// order, without waiting long for any of them, and the first that lets this client in is used.
  public var endpoints: [Endpoint]
  /// The first of `endpoints`. Setting it replaces all of them.
  public var endpoint: Endpoint {
    get { endpoints.first ?? .tcp(host: "localhost") }
    set { endpoints = [newValue] }
  }
  /// Which of the servers calls go to.
  public var target = Target.any
  /// How a client chooses among servers that serve equally well.
  public var loadBalance = LoadBalance.leastLeased
  /// How much each of `endpoints` gets of what is spread over several, in their order; 1 where none is given. A server
  /// of weight 0 gets something only if no other can.
  public var weights: [Int] = []
  /// Whether what a client reads from a replica contains what the same client wrote before: the replica is waited for,
  /// for up to `catchUpTimeout`, and otherwise the primary is used. Matters only where `target` uses replicas.
  public var readYourWrites = true
  /// How long a replica may take to catch up with what has to be read from it.
  public var catchUpTimeout = Duration.seconds(1)
  /// The account that logs in. Empty means the server's anonymous account: the operating system's user name
  /// is not filled in.
  public var user: String
  /// The password. Nil and empty both mean none.
  public var password: MySQLSecret?
  /// The passwords for the second and third factor of accounts that have them.
  public var additionalPasswords: [MySQLSecret] = []
  /// The source of user and passwords for each login; overrides `user`, `password` and `additionalPasswords`.
  public var credentials: MySQLCredentialProvider?
  /// The initial database. Nil selects none.
  public var database: String?

  /// How the connection is encrypted.
  public var tls = MySQLTLS()
  /// Where the server's RSA key comes from, which protects a password when TLS does not.
  public var publicKey = PublicKeyPolicy.none
  /// Whether a server may receive the password in clear text, over verified TLS or a unix socket. If
  /// `authenticationMethods` is set, it must contain `clearPassword` too.
  public var allowsClearPassword = false
  /// The login methods that a server may choose from. Nil allows all, but `clearPassword` only with
  /// `allowsClearPassword`.
  public var authenticationMethods: Set<AuthenticationMethod>?

  /// How long connecting may take, from asking the credential provider to the end of `initCommands`. Time in
  /// which this program itself is busy does not count.
  public var connectTimeout = Duration.seconds(10)
  /// How long a statement may take, from being sent to the end of its answer. After that the call throws, and
  /// the statement is ended as `cancellation` says. Nil sets no limit.
  public var queryTimeout: Duration?
  /// What happens to a statement whose task is cancelled, or whose time is up.
  public var cancellation = Cancellation.kill

  /// The maximum number of connections of a client, to each of its servers.
  public var maxConnections = 10
  /// How many connections a client keeps open to each server, once it has opened them.
  public var minConnections = 0
  /// How long a task waits for one of a client's connections to become free.
  public var acquireTimeout = Duration.seconds(10)
  /// How long one of a client's connections may be idle before it is closed; nil for any length of time.
  public var idleTimeout: Duration? = .seconds(180)
  /// How old one of a client's connections may become; nil for any age. Each connection gets up to a tenth
  /// less, so that not all end at once.
  public var maxLifetime: Duration? = .seconds(1800)
  /// How long one of a client's connections may be idle and still be used without a ping, which takes one round trip.
  /// Nil never pings. Whether the server has closed the connection is checked in any case.
  public var idleCheck: Duration? = .seconds(30)

  /// How long a connection may be silent before the operating system checks whether the other side is still
  /// there. Nil never checks.
  public var tcpKeepAlive: Duration? = .seconds(60)

  /// The collation of the connection, one of utf8mb4. Nil takes the server's default for utf8mb4. The
  /// character set is always utf8mb4.
  public var collation: String?
  /// The number of the collation to log in with, for programs that pass on bytes of any character set. Their
  /// sessions are not switched to utf8mb4, and statements are sent whatever the session's character set is.
  package var loginCollation: UInt8?
  /// The statements to run on each new connection, in this order.
  public var initCommands: [String] = []
  /// The name of this program, as the server's administrator sees it in
  /// `performance_schema.session_connect_attrs`. Nil takes the name of the process; empty sends none.
  public var programName: String?
  /// Further attributes of this program for the server's administrator.
  public var attributes: [String: String] = [:]

  /// Whether an UPDATE counts the rows it found rather than those it changed.
  public var countsMatchedRows = false
  /// Whether one text may hold several statements, separated by semicolons. This makes SQL injection worse.
  public var allowsMultipleStatements = false
  /// Whether LOAD DATA LOCAL is possible at all. Each call must also bring its own source: a server never
  /// gets a file that the call did not name.
  public var allowsLocalInfile = false
  /// Whether connecting goes on to another server that the server names when it has let this client in: MariaDB's
  /// `redirect_url`, or a `Location:` of MySQL's services. It is followed once, and only if it is certain who says so:
  /// the server is on this machine, or TLS has verified it. The other server must meet the same `tls` settings, and
  /// clear text does not leave the machine. If it does not let this client in, the first server is used. With a
  /// `target` other than `any`, nothing is followed.
  public var followsRedirection = true
  /// Whether the server applies its `interactive_timeout` instead of `wait_timeout`.
  public var isInteractive = false
  /// The maximum size in bytes of a statement, of its values, or of a row. Anything larger is not sent (an
  /// error of the kind `encoding`), and closes the connection if it is received. Values that are streamed do
  /// not count, because their size is not known. The default is 1 GiB, the servers' own maximum; the setting
  /// itself allocates nothing. The server has its own limit, `max_allowed_packet`; anything larger than that
  /// fails with the server's error 1153.
  public var maxAllowedPacket = 1 << 30
  /// Whether `executeBatch` sends executions without waiting for the answers to earlier ones. Nil, the
  /// default, does so over TLS, unless the server calls itself a `-router`: MySQL Router (9.7.4) mixes up
  /// commands that arrive together in clear text, and reports success. Set it to true for a server that is
  /// reached in clear text or by a unix socket, if any proxy in between keeps commands apart.
  public var pipelining: Bool?
  /// How statements with values are sent.
  public var statementMode = StatementMode.prepared
  /// How many prepared statements a connection keeps for reuse. Zero keeps none.
  public var statementCacheSize = 256
  /// How many event loops connections are spread over. Nil, the default, means one for every four processors.
  /// A connection opened by a task on an event loop belongs to that loop.
  public var eventLoops: Int?

  /// Makes settings with the defaults, for an endpoint and a user.
  public init(
    _ endpoint: Endpoint = .tcp(host: "localhost"), user: String = "",
    password: MySQLSecret? = nil,
    database: String? = nil
  ) {
    endpoints = [endpoint]
    self.user = user
    self.password = password
    self.database = database
  }
}
