import MySQL
import Testing

@Suite(.busy) struct TLSDefaultTests {
  @Test(
    arguments: [
      (.unixSocket(path: "/s"), .preferred), (.tcp(host: "LocalHost"), .preferred),
      (.tcp(host: "127.0.0.1"), .preferred), (.tcp(host: "127.255.0.3"), .preferred),
      (.tcp(host: "::1"), .preferred), (.tcp(host: "db.example.com"), .required),
      (.tcp(host: "127.0.0.1.example.com"), .required), (.tcp(host: "127.example.com"), .required),
      (.tcp(host: "localhost.example.com"), .required), (.tcp(host: "128.0.0.1"), .required),
      (.tcp(host: "127.0.0.256"), .required), (.tcp(host: "127.0.0"), .required),
    ] as [(MySQLConfiguration.Endpoint, MySQLTLS.Mode)])
  func onlyWhatStaysOnThisMachineMayGoWithoutTLS(endpoint: MySQLConfiguration.Endpoint, mode: MySQLTLS.Mode) {
    #expect(MySQLTLS().effectiveMode(for: endpoint) == mode)
  }

  @Test func namingAnAuthorityOrACertificateDemandsTLS() {
    var tls = MySQLTLS()
    tls.fingerprint = MySQLTLS.Fingerprint(String(repeating: "ab", count: 32))
    #expect(tls.effectiveMode(for: .tcp(host: "localhost")) == .required)
    tls.caFile = "/ca.pem"
    #expect(tls.effectiveMode(for: .tcp(host: "localhost")) == .verifyCA)
    tls.mode = .disabled
    #expect(tls.effectiveMode(for: .tcp(host: "db")) == .disabled)
  }

  @Test func fingerprintsAreReadWithAndWithoutColons() {
    let plain = String(repeating: "0aFF", count: 16)
    let colons = Array(repeating: "0a:Ff", count: 16).joined(separator: ":")
    #expect(MySQLTLS.Fingerprint(plain)?.description == plain.lowercased())
    #expect(MySQLTLS.Fingerprint(colons) == MySQLTLS.Fingerprint(plain))
    for bad in ["", "0a", plain + "0", plain.replacing("F", with: "G"), colons.replacing(":", with: "-")] {
      #expect(MySQLTLS.Fingerprint(bad) == nil)
    }
  }
}
