import MySQL
import Testing

/// Which of several options counts.
@Suite(.busy) struct OptionPrecedenceTests {
  @Test func laterLinesAndFilesTakePrecedence() throws {
    let folder = try OptionFolder()
    let first = try folder.write("[client]\nuser=a\nuser=b\ndatabase=x", to: "first.cnf")
    let second = try folder.write("[client]\nuser=c", to: "second.cnf")
    let settings = try MySQLConfiguration(optionFiles: [first, second])
    #expect(settings.user == "c")
    #expect(settings.database == "x")
  }

  @Test func filesTakePrecedenceOverTheEnvironmentAndURLsOverFiles() throws {
    let folder = try OptionFolder()
    let path = try folder.write("[client]\nhost=file\npassword=file")
    var settings = try MySQLConfiguration(environment: ["MYSQL_HOST": "env", "MYSQL_PWD": "env"])
    try settings.applyOptionFiles([path])
    #expect(settings.endpoint == .tcp(host: "file"))
    #expect(settings.password == "file")
    try settings.apply(url: "mysql://url")
    #expect(settings.endpoint == .tcp(host: "url"))
    #expect(settings.password == "file")
  }

  @Test(
    arguments: [
      ("socket=/s\nport=3307", .unixSocket(path: "/s")),
      ("socket=/s\nhost=localhost", .unixSocket(path: "/s")),
      ("port=3307\nsocket=/s\nhost=db", .tcp(host: "db", port: 3307)),
      ("socket=/s\nhost=127.0.0.1", .tcp(host: "127.0.0.1")), ("host=localhost", .tcp(host: "localhost")),
    ] as [(String, MySQLConfiguration.Endpoint)])
  func aRemoteHostTakesPrecedenceOverASocket(lines: String, endpoint: MySQLConfiguration.Endpoint) throws {
    let folder = try OptionFolder()
    let path = try folder.write("[client]\n\(lines)")
    #expect(try MySQLConfiguration(optionFiles: [path]).endpoint == endpoint)
  }

  @Test(
    arguments: [
      ("port=3308", "a:3308,b:3308"), ("host=c", "c"), ("host=c\nport=3308", "c:3308"),
      ("socket=/s", "a,b:3307"),
      ("database=x", "a,b:3307"),
    ])
  func aHostReplacesSeveralAndAPortIsThatOfEach(lines: String, servers: String) throws {
    let folder = try OptionFolder()
    let path = try folder.write("[client]\n\(lines)")
    var settings = try MySQLConfiguration(url: "mysql://a,b:3307")
    try settings.applyOptionFiles([path])
    let expected = try MySQLConfiguration(url: "mysql://\(servers)")
    #expect(settings.endpoints == expected.endpoints)
  }

  @Test func whatDemandsTLSDoesSoForEachServer() throws {
    let folder = try OptionFolder()
    let path = try folder.write("[client]\nssl")
    var settings = try MySQLConfiguration(url: "mysql://db.internal,localhost")
    try settings.applyOptionFiles([path])
    #expect(settings.tls.mode == .required)
  }

  @Test(
    arguments: [
      ("ssl", .required), ("skip-ssl", .disabled), ("ssl=0", .disabled), ("disable_ssl", .disabled),
      ("ssl-verify-server-cert", .verifyIdentity), ("ssl-verify-server-cert\nssl", .verifyIdentity),
      ("ssl\nssl-ca=/ca.pem", nil), ("ssl-mode=VERIFY_CA\nskip-ssl-verify-server-cert", .required),
      ("ssl-mode=VERIFY_IDENTITY\nssl", .verifyIdentity), ("skip-ssl\nenable-ssl", .required),
    ] as [(String, MySQLTLS.Mode?)])
  func switchesOfTLSNeverLowerWhatAnotherDemands(lines: String, mode: MySQLTLS.Mode?) throws {
    let folder = try OptionFolder()
    let path = try folder.write("[client]\n\(lines)")
    #expect(try MySQLConfiguration(optionFiles: [path]).tls.mode == mode)
  }
}
