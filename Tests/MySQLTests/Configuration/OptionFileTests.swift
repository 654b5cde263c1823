import Foundation
import MySQL
import MySQLTesting
import Testing

@Suite(.busy) struct OptionFileTests {
  @Test func readsTheOptionsOfTheClientGroups() throws {
    let folder = try OptionFolder()
    let path = try folder.write(
      """
      [mysqld]
      user = mysql
      [client]
      user=bob
      password = "p # w"   # a comment
      host = db.example.com
      port=3307
      connect-timeout=5
      loose-prompt=x
      pager=less
      default-character-set=utf8mb4
      local_infile
      [Client-MariaDB]
      database=shop
      ssl-ca=/ca.pem
      """)
    var expected = MySQLConfiguration(
      .tcp(host: "db.example.com", port: 3307), user: "bob", password: "p # w", database: "shop")
    expected.connectTimeout = .seconds(5)
    expected.localInfile = true
    expected.tls.caFile = "/ca.pem"
    #expect(try MySQLConfiguration(optionFiles: [path]) == expected)
    #expect(try MySQLConfiguration(optionFiles: [path], groups: ["mysqld"]).user == "mysql")
  }

  // The values that my_print_defaults of MariaDB 10.11.19 prints.
  @Test(arguments: [
    ("a#b", "a"), (##"a\#b"##, ##"a\"##), (##""a#b;c"   # x"##, "a#b;c"),
    (##"'a\sb\nc\\e\qf'"##, "a b\nc\\e\\qf"), ("   spaced out   ", "spaced out"),
    (##""quoted   "##, ##""quoted"##), ("'it''s'", "it''s"), (##""a\"b""##, ##"a"b"##), ("'a' b", "'a' b"),
    (##"x "# y" z"##, ##"x "# y" z"##), ("'x'#y", "x"), (##"a"b#c"##, ##"a"b#c"##),
    (##"\"a#b\""##, ##""a#b""##), ("a=b", "a=b"), (##""""##, ""), ("", ""),
  ])
  func readsValuesAsTheMySQLCommandDoes(written: String, value: String) throws {
    let folder = try OptionFolder()
    let path = try folder.write("[client]\nuser=\(written)\r\n")
    #expect(try MySQLConfiguration(optionFiles: [path]).user == value)
  }

  @Test func laterLinesAndFilesGoBeforeEarlierOnes() throws {
    let folder = try OptionFolder()
    let first = try folder.write("[client]\nuser=a\nuser=b\ndatabase=x", to: "first.cnf")
    let second = try folder.write("[client]\nuser=c", to: "second.cnf")
    let settings = try MySQLConfiguration(optionFiles: [first, second])
    #expect(settings.user == "c")
    #expect(settings.database == "x")
  }

  @Test func filesGoBeforeTheEnvironmentAndURLsBeforeFiles() throws {
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
    ] as [(String, MySQLEndpoint)])
  func aHostElsewhereGoesBeforeASocket(lines: String, endpoint: MySQLEndpoint) throws {
    let folder = try OptionFolder()
    let path = try folder.write("[client]\n\(lines)")
    #expect(try MySQLConfiguration(optionFiles: [path]).endpoint == endpoint)
  }

  @Test(
    arguments: [
      ("ssl", .required), ("skip-ssl", .disabled), ("ssl=0", .disabled), ("disable_ssl", .disabled),
      ("ssl-verify-server-cert", .verifyIdentity), ("ssl-verify-server-cert\nssl", .verifyIdentity),
      ("ssl\nssl-ca=/ca.pem", nil), ("ssl-mode=VERIFY_CA\nskip-ssl-verify-server-cert", .required),
      ("ssl-mode=VERIFY_IDENTITY\nssl", .verifyIdentity), ("skip-ssl\nenable-ssl", .required),
    ] as [(String, MySQLTLSMode?)])
  func switchesOfTLSNeverLowerWhatAnotherDemands(lines: String, mode: MySQLTLSMode?) throws {
    let folder = try OptionFolder()
    let path = try folder.write("[client]\n\(lines)")
    #expect(try MySQLConfiguration(optionFiles: [path]).tls.mode == mode)
  }

  @Test func followsIncludesAndStopsThoseWithoutEnd() throws {
    let folder = try OptionFolder()
    _ = try folder.write("[client]\nuser=first\ndatabase=a", to: "parts/a.cnf")
    _ = try folder.write("[client]\nuser=second", to: "parts/b.cnf")
    _ = try folder.write("[client]\nuser=third", to: "parts/c.txt")
    let path = try folder.write("[client]\n!includedir \(folder.path)/parts\nport=3307")
    let settings = try MySQLConfiguration(optionFiles: [path])
    #expect(settings.user == "second")
    #expect(settings.database == "a")
    #expect(settings.endpoint == .tcp(host: "localhost", port: 3307))

    let loop = try folder.write("!include \(folder.path)/loop.cnf", to: "loop.cnf")
    #expect(throws: MySQLError.self) { try MySQLConfiguration(optionFiles: [loop]) }
  }

  @Test func passesOverFilesThatEverybodyCouldWrite() throws {
    let folder = try OptionFolder()
    let path = try folder.write("[client]\nuser=evil")
    try FileManager.default.setAttributes([.posixPermissions: 0o666], ofItemAtPath: path)
    #expect(try MySQLConfiguration(optionFiles: [path]) == MySQLConfiguration())
    let link = folder.path + "/link.cnf"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
    #expect(try MySQLConfiguration(optionFiles: [link]) == MySQLConfiguration())
  }

  @Test func passesOverAPasswordThatIsToBeAskedFor() throws {
    let folder = try OptionFolder()
    let path = try folder.write("[client]\npassword\nuser=u")
    #expect(try MySQLConfiguration(optionFiles: [path]) == MySQLConfiguration(user: "u"))
  }

  @Test func readsNamesOfOtherEncodingsButNoValuesOfThem() throws {
    let folder = try OptionFolder()
    let latin = Data("[client]\n# caf".utf8) + [0xE9] + Data("\nuser=u\n".utf8)
    #expect(try MySQLConfiguration(optionFiles: [folder.write(latin)]).user == "u")
    let path = try folder.write(latin + Data("password=caf".utf8) + [0xE9])
    #expect(throws: MySQLError.self) { try MySQLConfiguration(optionFiles: [path]) }
  }

  @Test(arguments: [
    ("user=a", ":1: an option before the first [group]"), ("[client\nuser=a", ":1: neither"),
    ("[client]\n!includes /x", ":2: neither"), ("[client]\n\nport=x", ":3: option port takes"),
    ("[client]\nconnect-timeout=5x", ":2: option connect-timeout takes"),
    ("[client]\nssl-crl=/crl.pem", ":2: there is no option \"ssl-crl\""),
    ("[client]\ntls_ciphersuites=x", "there is no option"), ("[client]\nskip-ssl-x", "there is no option"),
    ("[client]\nskip-ssl=1", "takes no value"), ("[client]\n!include /nowhere/at.all", "/nowhere/at.all"),
    ("[client]\n!includedir /nowhere/at.all", ":2: the directory"),
    ("[client]\nconnect-timeout=0", "more than"),
  ])
  func refusesByFileAndLine(text: String, words: String) throws {
    let folder = try OptionFolder()
    let path = try folder.write(text)
    let error = #expect(throws: MySQLError.self) { try MySQLConfiguration(optionFiles: [path]) }
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
  }

  @Test func looseOptionsArePassedOverWhereUnknown() throws {
    let folder = try OptionFolder()
    let path = try folder.write("[client]\nloose-ssl-crl=/crl.pem\nloose_user=u")
    #expect(try MySQLConfiguration(optionFiles: [path]) == MySQLConfiguration(user: "u"))
  }

  @Test func aNamedFileHasToBeThere() {
    #expect(throws: MySQLError.self) { try MySQLConfiguration(optionFiles: ["/nowhere/my.cnf"]) }
  }

  @Test func noBytesTrapAndNoErrorShowsAPassword() throws {
    var random = SeededGenerator()
    let folder = try OptionFolder()
    let pieces = [
      "[client]\n", "\n", "\"", "'", "\\", "#", "=", "user", "password=Ca.Nar-y7", "skip-", "!x", "ssl",
      "\u{FEFF}",
    ]
    for _ in 0..<500 {
      var data = Data("[client]\n".utf8)
      for _ in 0..<Int.random(in: 0...15, using: &random) {
        data += Data((pieces.randomElement(using: &random) ?? "").utf8)
        if .random(using: &random) { data.append(.random(in: .min ... .max, using: &random)) }
      }
      let path = try folder.write(data)
      do throws(MySQLError) {
        _ = try MySQLConfiguration(optionFiles: [path])
      } catch {
        #expect(!"\(error)".contains("Ca.Nar-y7"), "seed \(random.seed)")
      }
    }
  }
}

/// A folder that is removed when the test ends.
private final class OptionFolder {
  let path = NSTemporaryDirectory() + "/option-files-\(UUID().uuidString)"

  init() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ text: String, to name: String = "my.cnf") throws -> String {
    try write(Data(text.utf8), to: name)
  }

  func write(_ data: Data, to name: String = "my.cnf") throws -> String {
    let file = URL(fileURLWithPath: path).appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
    return file.path
  }
}
