import MySQL
import MySQLTesting
import Testing

@Suite(.busy) struct URLRefusalTests {
  @Test(
    arguments: [
      ("", "mysql://"), ("mysql", "mysql://"), ("postgres://h", "mysql://"), ("mysql:/h", "mysql://"),
      ("mysql+srv://h", "mysql://"), ("mysql://h /", "escaped"), ("mysql://h/\n", "escaped"),
      ("mysql://é/", "escaped"),
      ("mysql://a:b@c@h/", "%40"), ("mysql://a:b/c@h/", "%2F"), ("mysql://a:b?c@h/", "%3F"),
      ("mysql://a:b#c@h/", "%23"), ("mysql://h/#x", "%23"), ("mysql://a:b@h/?x=@", "%40"),
      ("mysql://h:0/", "65535"), ("mysql://h:65536/", "65535"), ("mysql://h:/", "65535"),
      ("mysql://h:+1/", "65535"), ("mysql://h:3306x/", "65535"),
      ("mysql://::1/", "brackets"), ("mysql://[::1/", "["), ("mysql://[::1]x/", "port"),
      ("mysql://[]/", "IPv6"), ("mysql://[db]/", "IPv6"), ("mysql://[::1%25]/", "IPv6"),
      ("mysql://a,/", "several hosts"), ("mysql://,a/", "several hosts"), ("mysql://a,,b/", "several hosts"),
      ("mysql://,/", "several hosts"), ("mysql://a,:3307/", "several hosts"), ("mysql://a,b:/", "65535"),
      ("mysql://a,::1/", "brackets"), ("mysql://a,[::1/", "["), ("mysql://[::1,a]/", "["),
      ("mysql://a,b%2Cc/", "host"), ("mysql://a,a/", "named twice"), ("mysql://a,A:3306/", "named twice"),
      ("mysql://b:1,[::1]:3,[::1]:3/", "named twice"),
      ("mysql://a,b/?socket=/s", "socket as well"), ("mysql://localhost,b/?socket=/s", "socket as well"),
      ("mysql://%2Ftmp%2Fs/", "?socket="), ("mysql://h%00/", "host"),
      ("mysql://a%@h/", "%25"), ("mysql://a%4@h/", "the user"), ("mysql://a:%zz@h/", "the password"),
      ("mysql://a:%ff@h/", "the password"), ("mysql://h/%C3", "the database"), ("mysql://h/a/b", "%2F"),
      ("mysql://a%00b@h/", "NUL"), ("mysql://a:b%00@h/", "NUL"), ("mysql://h/a%00", "NUL"),
      ("mysql://h/?a", "name=value"), ("mysql://h/?=a", "name=value"), ("mysql://h/?&", "name=value"),
      ("mysql://h/?found-rows=1&", "name=value"),
      ("mysql://h/?found-rows=1&foundRows=0", "found-rows is given twice"),
      ("mysql://h/?ssl-mode=required&tls=disabled", "ssl-mode is given twice"),
      ("mysql://h/?user=a", "before the ?"), ("mysql://h/?Password=a", "before the ?"),
      ("mysql://h/?socket=/s", "socket as well"), ("mysql://localhost:3306/?socket=/s", "socket as well"),
      ("mysql://h/?socket=", "socket takes"),
      ("mysql://h/?ssl-mod=required", "did you mean ssl-mode?"),
      ("mysql://h/?conect_timeout=1s", "did you mean connect-timeout?"),
      ("mysql://h/?allowMultiQuery=1", "did you mean multi-statements?"),
      ("mysql://h/?ssl-verify-server-cert=1", "there is no option"),
      ("mysql://h/?zzz=1", "no option \"zzz\""),
      ("mysql://h/?ssl-mode=maybe", "disabled, preferred, required, verify-ca or verify-identity"),
      ("mysql://h/?connect-timeout=10", "seconds to some clients"),
      ("mysql://h/?connect-timeout=s", "its unit"), ("mysql://h/?connect-timeout=-1s", "its unit"),
      ("mysql://h/?connect-timeout=10d", "its unit"), ("mysql://h/?connect-timeout=99999999999s", "its unit"),
      ("mysql://h/?connect-timeout=0s", "more than nothing"), ("mysql://h/?query-timeout=9000h", "a year"),
      ("mysql://h/?found-rows=maybe", "true or false"), ("mysql://h/?found-rows=", "true or false"),
      ("mysql://h/?charset=latin1", "utf8mb4 alone"), ("mysql://h/?collation=latin1_bin", "utf8mb4"),
      ("mysql://h/?collation=utf8mb4_bin;DROP", "utf8mb4"),
      ("mysql://h/?tls-version=TLSv1.1,TLSv1.2", "TLSv1.3"),
      ("mysql://h/?tls-fp=00ff", "64 hexadecimal"),
      ("mysql://h/?auth-method=mysql_old_password", "client_ed25519"),
      ("mysql://h/?max-allowed-packet=2G", "1G"),
      ("mysql://h/?max-allowed-packet=99999999999999999999", "bytes"),
      ("mysql://h/?max-allowed-packet=9999999999999999G", "bytes"),
      ("mysql://h/?statement-cache-size=-1", "zero"),
      ("mysql://h/?event-loops=0", "from 1 to 1024"),
      ("mysql://h/?pipelining=maybe", "true or false, or auto"),
      ("mysql://h/?connection-attributes=a", "name=value"),
      ("mysql://h/?connection-attributes=a=1,a=2", "name=value"),
      ("mysql://h/?connection-attributes=a=1%5C", "name=value"),
    ] as [(String, String)])
  func refusesAndSaysWhatIsAllowed(url: String, words: String) {
    let error = #expect(throws: MySQLError.self) { try MySQLConfiguration(url: url) }
    #expect(error?.kind == .configuration)
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
  }

  @Test func whatIsAppendedCannotUndoWhatAURLDemands() {
    let name = "shop&ssl-mode=disabled"
    #expect(throws: MySQLError.self) {
      try MySQLConfiguration(url: "mysql://h/db?ssl-mode=verify-identity&program-name=\(name)")
    }
  }

  @Test func anErrorShowsLittleOfAnUnknownNameAndNoControlCharacter() {
    let name = "%0A%1B" + String(repeating: "x", count: 10_000)
    let error = #expect(throws: MySQLError.self) { try MySQLConfiguration(url: "mysql://h/?\(name)=1") }
    #expect(error?.message.utf8.allSatisfy { $0 >= 0x20 } == true)
    #expect((error?.message.count ?? .max) < 200)
  }

  @Test func noBytesTrap() {
    var random = SeededGenerator()
    let whole = """
      mysql://a%40:b@[::1]:3306/x?ssl-mode=required&connect-timeout=9s&init-command=x&socket=/s\
      &connection-attributes=a=b%5C,,c=d&tls-fp=00:ff&tls-version=1.2,1.3&max-allowed-packet=9G
      """
    let pieces = [
      "@", ":", "/", "?", "&", "=", "%", "%C3", "[", "]", "#", ",", "99999999999", "\\", "é", "\r\n",
    ]
    for _ in 0..<10_000 {
      var bytes = Array(whole.utf8)
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let start = Int.random(in: 0...bytes.count, using: &random)
        let end = min(bytes.count, start + Int.random(in: 0...20, using: &random))
        let piece = pieces.randomElement(using: &random) ?? ""
        let noise = (0..<3).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        bytes.replaceSubrange(start..<end, with: Bool.random(using: &random) ? Array(piece.utf8) : noise)
      }
      let text = String(decoding: bytes, as: UTF8.self)
      guard let settings = try? MySQLConfiguration(url: text) else { continue }
      #expect((try? MySQLConfiguration(url: settings.url)) != nil, "\(text) seed \(random.seed)")
    }
  }
}
