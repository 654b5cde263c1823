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
