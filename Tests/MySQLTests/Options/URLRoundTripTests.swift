import MySQL
import MySQLTesting
import Testing

@Suite(.busy) struct URLRoundTripTests {
  @Test func whatIsWrittenIsReadAsTheSameSettings() throws {
    var random = SeededGenerator()
    for _ in 0..<2_000 {
      let settings = MySQLConfiguration.random(using: &random)
      try settings.validate()
      #expect(try MySQLConfiguration(url: settings.url) == settings, "\(settings.url) seed \(random.seed)")
    }
  }

  @Test func writesOneCanonicalURL() throws {
    let url = "mysql://a%40b@db:3307/x%2Fy?ssl-mode=verify-ca&connect-timeout=90s&found-rows=true"
    let other = "MARIADB://a%40b:pw@db:3307/x%2fy?foundRows=yes&connectTimeout=90000ms&TLS=Verify_CA"
    #expect(try MySQLConfiguration(url: other).url == url)
    #expect(try MySQLConfiguration(url: url).url == url)
    #expect(MySQLConfiguration().url == "mysql://localhost/")
    #expect(
      MySQLConfiguration(.unixSocket(path: "/run/my sql.sock"), user: "u").url
        == "mysql://u@/?socket=/run/my%20sql.sock")
  }
}
