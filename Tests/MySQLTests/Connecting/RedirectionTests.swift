import MySQLWire
import Testing

@testable import MySQL

/// What a server may write to send its clients to another one, and what is not taken for that.
@Suite(.busy) struct RedirectionTests {
  @Test(
    arguments: [
      ("mysql://db-2.example", .tcp(host: "db-2.example"), nil),
      ("mariadb://db-2.example:3307", .tcp(host: "db-2.example", port: 3307), nil),
      ("MySQL://10.0.0.7:65535/", .tcp(host: "10.0.0.7", port: 65535), nil),
      ("mysql://[2001:db8::a]:3307", .tcp(host: "2001:db8::a", port: 3307), nil),
      ("mysql://[::1]", .tcp(host: "::1"), nil),
      ("mysql://app@db:3307/shop", .tcp(host: "db", port: 3307), "app"),
      ("mysql://a%40b@db", .tcp(host: "db"), "a@b"),
      ("mysql://db/shop?user=app", .tcp(host: "db"), nil),
    ] as [(String, MySQLConfiguration.Endpoint, String?)])
  func readsTheVariableOfMariaDB(url: String, endpoint: MySQLConfiguration.Endpoint, user: String?) {
    var ok = OKPacket()
    ok.changes = [
      .schema("x"), .variable(name: "autocommit", value: "ON"), .variable(name: "redirect_url", value: url),
    ]
    #expect(Redirection(ok) == Redirection(endpoint, user: user))
  }

  @Test(
    arguments: [
      ("[db-2.example]:3307/?user=app&ttl=60\n", .tcp(host: "db-2.example", port: 3307), "app"),
      ("[10.0.0.7]:3306/?user=app&ttl=60\nmore\n", .tcp(host: "10.0.0.7"), "app"),
      ("[::1]:3306/?ttl=60&user=app", .tcp(host: "::1"), "app"),
      ("db-2.example:3307/user=app@db-1", .tcp(host: "db-2.example", port: 3307), "app@db-1"),
      ("db-2.example:3307/user=app&ttl=60", .tcp(host: "db-2.example", port: 3307), "app"),
      ("db-2.example:3307/user=&ttl=60", .tcp(host: "db-2.example", port: 3307), nil),
      ("db-2.example:3307", .tcp(host: "db-2.example", port: 3307), nil),
      ("db-2.example", .tcp(host: "db-2.example"), nil),
    ] as [(String, MySQLConfiguration.Endpoint, String?)])
  func readsTheTextOfMySQLsServices(text: String, endpoint: MySQLConfiguration.Endpoint, user: String?) {
    for scheme in ["mysql", "mariadb"] {
      var ok = OKPacket()
      ok.info = "Location: \(scheme)://\(text)"
      #expect(Redirection(ok) == Redirection(endpoint, user: user))
    }
  }

  @Test(arguments: [
    "", "db", "db:3306", "//db", "http://db", "mysql:/db", "mysql://", "mysql:///", "mysql://:3306",
    "mysql://app@",
    "mysql://app@:3306", "mysql://db:", "mysql://db:0", "mysql://db:65536", "mysql://db:-1",
    "mysql://db:3306x",
    "mysql://db:3306:3307", "mysql://a,b", "mysql://[a,b]", "mysql://a,b:3306", "mysql://app:secret@db",
    "mysql://a@b@db", "mysql://[a@b]:3306", "mysql://[", "mysql://[]", "mysql://[]:3306", "mysql://[db",
    "mysql://[db]x",
    "mysql://[db]x:3306", "mysql://[:]", "mysql://[::g]", "mysql://::1", "mysql://d b", "mysql://db\n",
    "mysql://db\0",
    "mysql://db\r\n", " mysql://db", "mysql://dé", "mysql://d%62%", "mysql://d%00b",
    "mysql://%2Ftmp%2Fmysql.sock",
    "mysql:///tmp/mysql.sock", "mysql://db;x", "mysql://db'x", "mysql://..%2Fx", "mysql://db/user=a\u{7F}b",
    "mysql://db/user=a\0b", "mysql://db/?user=a b",
  ])
  func takesNothingElseForARedirection(text: String) {
    var ok = OKPacket()
    ok.changes = [.variable(name: "redirect_url", value: text)]
    #expect(Redirection(ok) == nil)
    ok.changes = []
    // The text of a packet may have further lines.
    guard !text.hasSuffix("\n") else { return }
    ok.info = "Location: \(text)"
    #expect(Redirection(ok) == nil)
  }

  @Test func readsNothingIntoOtherPackets() {
    var ok = OKPacket()
    #expect(Redirection(ok) == nil)
    for info in [
      "Rows matched: 1", "mysql://db", "Location:mysql://db", "x Location: mysql://db", "Location: ",
    ] {
      ok.info = info
      #expect(Redirection(ok) == nil)
    }
    ok.info = ""
    ok.changes = [
      .variable(name: "mxs_rdir_url", value: "mysql://db"), .schema("mysql://db"), .gtids("mysql://db"),
      .unknown(kind: 9, data: Array("redirect_url".utf8)), .variable(name: "redirect_url", value: ""),
    ]
    #expect(Redirection(ok) == nil)
  }

  /// Whatever comes of random text, it is a host and a port that the program could have named itself.
  @Test func randomTextIsNothingOrAnEndpoint() throws {
    let pieces = [
      "mysql://", "[", "]", ":", ":3306", "@", "/", "?", "user=", "&", "ttl=1", "db", "::1", "%", ",", "\n",
    ]
    var found = 0
    for _ in 0..<20_000 {
      let text = (0..<Int.random(in: 1...8)).compactMap { _ in pieces.randomElement() }.joined()
      guard let redirection = Redirection(url: "mysql://\(text)") else { continue }
      found += 1
      var settings = MySQLConfiguration(redirection.endpoint, user: redirection.user ?? "")
      settings.password = "x"
      #expect(throws: Never.self) { try settings.validate() }
      #expect(redirection.user != "", "\(text)")
      guard case .tcp = redirection.endpoint else {
        Issue.record("\(text)")
        continue
      }
    }
    #expect(found > 50)
  }

  /// Each row: where the client is, whether TLS has verified that, where it is sent, the mode, and what comes of it.
  @Test(
    arguments: [
      (.unixSocket(path: "/s"), false, "localhost", .disabled, true),
      (.unixSocket(path: "/s"), false, "db", nil, true),
      (.tcp(host: "127.0.0.1"), false, "127.0.0.1:3307", nil, true),
      (.tcp(host: "localhost"), false, "[::1]", .preferred, true),
      (.tcp(host: "localhost"), false, "db", nil, true),
      (.tcp(host: "localhost"), false, "db", .required, true),
      (.tcp(host: "localhost"), false, "db", .preferred, false),
      (.tcp(host: "localhost"), false, "db", .disabled, false),
      (.tcp(host: "a"), false, "db", nil, false),
      (.tcp(host: "a"), false, "db", .required, false),
      (.tcp(host: "a"), false, "localhost", .disabled, false),
      (.tcp(host: "a"), true, "db", .verifyIdentity, true),
      (.tcp(host: "a"), true, "db", .verifyCA, true),
      (.tcp(host: "a"), true, "db", .required, true),
      (.tcp(host: "a"), true, "db", .preferred, false),
      (.tcp(host: "a"), true, "localhost", .preferred, false),
      (.tcp(host: "a"), true, "A:3306", .verifyIdentity, false),
      (.tcp(host: "a"), true, "a:3307", .verifyIdentity, true),
      (.tcp(host: "127.0.0.1"), false, "127.0.0.1", nil, false),
    ] as [(MySQLConfiguration.Endpoint, Bool, String, MySQLTLS.Mode?, Bool)])
  func onlyATrustedServerSendsItsClientsOn(
    origin: MySQLConfiguration.Endpoint, isVerified: Bool, target: String, mode: MySQLTLS.Mode?,
    isFollowed: Bool
  ) throws {
    let redirection = try #require(Redirection(url: "mysql://\(target)"))
    let tls = MySQLTLS(mode: mode)
    #expect(redirection.mayBeFollowed(from: origin, isVerified: isVerified, with: tls) == isFollowed)
  }
}
