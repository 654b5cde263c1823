import MySQL
import Testing

@Suite(.busy) struct EnvironmentTests {
  @Test func theEnvironmentNamesTheServer() throws {
    let settings = try MySQLConfiguration(
      environment: ["MYSQL_HOST": "db", "MYSQL_TCP_PORT": "3307", "MYSQL_PWD": "pw", "MYSQL_UNIX_PORT": "/s"])
    #expect(settings == MySQLConfiguration(.tcp(host: "db", port: 3307), password: "pw"))
  }

  @Test func aSocketCountsOnThisMachine() throws {
    let settings = try MySQLConfiguration(environment: ["MYSQL_UNIX_PORT": "/s", "MYSQL_TCP_PORT": "3307"])
    #expect(settings.endpoint == .unixSocket(path: "/s"))
  }

  @Test func emptyVariablesCountAsMissing() throws {
    let empty = ["MYSQL_HOST": "", "MYSQL_TCP_PORT": "", "MYSQL_PWD": "", "MYSQL_UNIX_PORT": ""]
    #expect(try MySQLConfiguration(environment: empty) == MySQLConfiguration())
  }

  @Test func aPortThatIsNotANumberIsRefusedByItsVariablesName() {
    let error = #expect(throws: MySQLError.self) {
      try MySQLConfiguration(environment: ["MYSQL_TCP_PORT": "http"])
    }
    #expect(error?.message.contains("MYSQL_TCP_PORT") == true)
  }
}
