import MySQL
import Testing

@Suite(.busy) struct URLReadingTests {
  @Test func readsEveryPartOfAURL() throws {
    let settings = try MySQLConfiguration(
      url: "mysql://app:s3cret@db.internal:3307/shop?ssl-mode=verify-identity&connect-timeout=500ms")
    #expect(settings.endpoint == .tcp(host: "db.internal", port: 3307))
    #expect(settings.user == "app")
    #expect(settings.password == "s3cret")
    #expect(settings.database == "shop")
    #expect(settings.tls.mode == .verifyIdentity)
    #expect(settings.connectTimeout == .milliseconds(500))
  }

  @Test(arguments: ["mysql://", "mysql:///", "MariaDB://", "mysql://localhost/", "mysql://@:3306/?"])
  func whatIsLeftOutHasItsDefault(url: String) throws {
    #expect(try MySQLConfiguration(url: url) == MySQLConfiguration())
  }

  @Test(
    arguments: [
      ("mysql://localhost/x", .tcp(host: "localhost")),
      ("mysql://db-1.example_x.com:65535", .tcp(host: "db-1.example_x.com", port: 65535)),
      ("mysql://[::1]:3307/", .tcp(host: "::1", port: 3307)),
      ("mysql://[2001:db8::a]", .tcp(host: "2001:db8::a")),
      ("mysql://[fe80::1%25eth0]/", .tcp(host: "fe80::1%eth0")),
      ("mysql://a@/x?socket=/run/mysqld/mysqld.sock", .unixSocket(path: "/run/mysqld/mysqld.sock")),
      ("mysql://LOCALHOST?socket=%2Ftmp%2Fa%20b", .unixSocket(path: "/tmp/a b")),
      ("mysql://:3307/", .tcp(host: "localhost", port: 3307)),
    ] as [(String, MySQLConfiguration.Endpoint)])
  func findsTheServer(url: String, endpoint: MySQLConfiguration.Endpoint) throws {
    #expect(try MySQLConfiguration(url: url).endpoint == endpoint)
  }

  @Test func findsSeveralServers() throws {
    let settings = try MySQLConfiguration(
      url: "mysql://app:a,b@a,b.example.com:3307,[::1]:3308,[fe80::1]/shop")
    #expect(
      settings.endpoints == [
        .tcp(host: "a"), .tcp(host: "b.example.com", port: 3307), .tcp(host: "::1", port: 3308),
        .tcp(host: "fe80::1"),
      ])
    #expect(settings.endpoint == .tcp(host: "a"))
    #expect(settings.user == "app" && settings.password == "a,b" && settings.database == "shop")
    #expect(settings.url == "mysql://app@a,b.example.com:3307,[::1]:3308,[fe80::1]/shop")
    #expect(settings.description == settings.url)
  }

  @Test func aURLWithServersReplacesThoseThatWereThere() throws {
    var settings = try MySQLConfiguration(url: "mysql://a,b:3307/x")
    try settings.apply(url: "mysql:///y")
    #expect(settings.endpoints == [.tcp(host: "a"), .tcp(host: "b", port: 3307)])
    try settings.apply(url: "mysql://:3308/")
    #expect(settings.endpoints == [.tcp(host: "a", port: 3308), .tcp(host: "b", port: 3308)])
    try settings.apply(url: "mysql://c,a")
    #expect(settings.endpoints == [.tcp(host: "c"), .tcp(host: "a")])
    try settings.apply(url: "mysql:///?socket=/s")
    #expect(settings.endpoints == [.unixSocket(path: "/s")])
    try settings.apply(url: "mysql://a,a:3307")
    #expect(settings.endpoints.count == 2)
    let before = settings
    #expect(throws: MySQLError.self) { try settings.apply(url: "mysql://:3306/") }
    #expect(settings == before)
  }

  @Test func userPasswordAndDatabaseMayHoldAnyCharacter() throws {
    let settings = try MySQLConfiguration(url: "mysql://%40%3a%2F:a:b%40%2f%3F%23%25+%C3%A9@h/%E2%82%AC%2fx")
    #expect(settings.user == "@:/")
    #expect(settings.password == "a:b@/?#%+é")
    #expect(settings.database == "€/x")
  }

  @Test(arguments: ["ssl-mode", "sslMode", "SSLMODE", "ssl_mode", "Ssl-Mode", "tls-mode", "tls", "ssl"])
  func namesOfOptionsMatchHoweverTheyAreSpelled(name: String) throws {
    #expect(try MySQLConfiguration(url: "mysql://h/?\(name)=VERIFY_CA").tls.mode == .verifyCA)
  }

  @Test func everyOptionReachesItsProperty() throws {
    let fingerprint = String(repeating: "0Fa9", count: 16)
    let settings = try MySQLConfiguration(
      url: """
        mysql://h/?password2=two&password3=three&ssl-ca=/ca.pem&ssl-cert=/c.pem&ssl-key=/k.pem\
        &ssl-server-name=db.example.com&tls-fp=\(fingerprint)&tls-version=TLSv1.2,TLSv1.3\
        &auth-method=caching-sha2-password,client_ed25519&allow-cleartext=on&get-server-public-key=1\
        &query-timeout=2m&tcp-keepalive=none&charset=UTF8MB4&collation=utf8mb4_unicode_ci\
        &init-command=SET%20%40a=1&init-command=SET%20%40b=2&program-name=report&found-rows=yes\
        &connection-attributes=team=core,note=a%5C,b&multi-statements=true&local-infile=true&interactive=true\
        &redirection=no\
        &max-allowed-packet=64M&statement-cache-size=0&pipelining=off&event-loops=4
        """)
    var expected = MySQLConfiguration(.tcp(host: "h"))
    expected.additionalPasswords = ["two", "three"]
    expected.tls.caFile = "/ca.pem"
    expected.tls.certificateFile = "/c.pem"
    expected.tls.keyFile = "/k.pem"
    expected.tls.serverName = "db.example.com"
    expected.tls.fingerprint = MySQLTLS.Fingerprint(fingerprint.lowercased())
    expected.authenticationMethods = [.cachingSHA2Password, .ed25519]
    expected.allowsClearPassword = true
    expected.publicKey = .askServer
    expected.queryTimeout = .seconds(120)
    expected.tcpKeepAlive = nil
    expected.collation = "utf8mb4_unicode_ci"
    expected.initCommands = ["SET @a=1", "SET @b=2"]
    expected.programName = "report"
    expected.attributes = ["team": "core", "note": "a,b"]
    expected.countsMatchedRows = true
    expected.allowsMultipleStatements = true
    expected.allowsLocalInfile = true
    expected.isInteractive = true
    expected.followsRedirection = false
    expected.maxAllowedPacket = 64 << 20
    expected.statementCacheSize = 0
    expected.pipelining = false
    expected.eventLoops = 4
    #expect(settings == expected)
  }

  @Test(
    arguments: [
      ("10s", .seconds(10)), ("500ms", .milliseconds(500)), ("2m", .seconds(120)), ("1H", .seconds(3600)),
      ("7us", .microseconds(7)), ("7ns", .nanoseconds(7)),
    ] as [(String, Duration)])
  func durationsHaveUnits(text: String, duration: Duration) throws {
    #expect(try MySQLConfiguration(url: "mysql://h/?connect-timeout=\(text)").connectTimeout == duration)
  }

  @Test func aPinnedKeyTakesPrecedenceOverOneFromTheServer() throws {
    for query in [
      "server-public-key-path=/k.pem&get-server-public-key=true",
      "get-server-public-key=true&server-public-key-path=/k.pem",
    ] {
      #expect(try MySQLConfiguration(url: "mysql://h/?\(query)").publicKey == .pinned(path: "/k.pem"))
    }
  }

  @Test func aURLLaidOverSettingsKeepsWhatItDoesNotState() throws {
    var settings = MySQLConfiguration(.unixSocket(path: "/s"), user: "a", password: "b", database: "c")
    try settings.apply(url: "mysql:///d")
    #expect(settings == MySQLConfiguration(.unixSocket(path: "/s"), user: "a", password: "b", database: "d"))
    try settings.apply(url: "mysql://e:@localhost")
    #expect(settings == MySQLConfiguration(.tcp(host: "localhost"), user: "e", database: "d"))
    let before = settings
    #expect(throws: MySQLError.self) { try settings.apply(url: "mysql://x/y?nope=1") }
    #expect(settings == before)
  }
}
