import MySQL
import Testing

@Suite(.busy) struct EndpointTests {
  @Test(arguments: [
    ("localhost", true), ("LocalHost", true), ("127.0.0.1", true), ("127.255.0.9", true), ("::1", true),
    ("db.internal", false), ("128.0.0.1", false), ("127.0.0.1.example.org", false), ("::2", false),
  ])
  func onlyTheMachineItselfIsLocal(_ host: String, _ isLocal: Bool) {
    #expect(MySQLConfiguration.Endpoint.tcp(host: host).isLocal == isLocal)
  }

  @Test func aUnixSocketIsLocal() {
    #expect(MySQLConfiguration.Endpoint.unixSocket(path: "/run/mysqld/mysqld.sock").isLocal)
  }

  @Test func theEndpointIsTheFirstOfThem() throws {
    var settings = MySQLConfiguration(.tcp(host: "a"))
    #expect(settings.endpoints == [.tcp(host: "a")])
    settings.endpoints.append(.tcp(host: "b"))
    #expect(settings.endpoint == .tcp(host: "a"))
    try settings.validate()
    settings.endpoint = .tcp(host: "c")
    #expect(settings.endpoints == [.tcp(host: "c")])
  }

  @Test(
    arguments: [
      ([], "no server"), ([.tcp(host: "a"), .tcp(host: "")], "host is empty"),
      ([.tcp(host: "a"), .tcp(host: "b", port: 0)], "65535"),
      ([.tcp(host: "a"), .unixSocket(path: "/s")], "unix socket"),
      ([.unixSocket(path: "/s"), .unixSocket(path: "/t")], "unix socket"),
      ([.tcp(host: "a"), .tcp(host: "b"), .tcp(host: "A")], "named twice"),
    ] as [([MySQLConfiguration.Endpoint], String)])
  func endpointsThatCannotBeUsedAreRefused(_ endpoints: [MySQLConfiguration.Endpoint], _ words: String) {
    var settings = MySQLConfiguration()
    settings.endpoints = endpoints
    let error = #expect(throws: MySQLError.self) { try settings.validate() }
    #expect(error?.kind == .configuration && error?.message.contains(words) == true, "\(error as Any)")
  }

  @Test func loginMethodsHaveTheNamesOfTheServers() {
    let methods: [MySQLConfiguration.AuthenticationMethod] = [
      .cachingSHA2Password, .sha256Password, .nativePassword, .ed25519, .clearPassword,
    ]
    #expect(
      methods.map(\.rawValue) == [
        "caching_sha2_password", "sha256_password", "mysql_native_password", "client_ed25519",
        "mysql_clear_password",
      ])
  }
}
