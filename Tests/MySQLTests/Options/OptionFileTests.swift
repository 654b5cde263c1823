import MySQL
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
    expected.allowsLocalInfile = true
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

  @Test func passesOverAPasswordThatIsToBeAskedFor() throws {
    let folder = try OptionFolder()
    let path = try folder.write("[client]\npassword\nuser=u")
    #expect(try MySQLConfiguration(optionFiles: [path]) == MySQLConfiguration(user: "u"))
  }

  @Test func looseOptionsArePassedOverWhereUnknown() throws {
    let folder = try OptionFolder()
    let path = try folder.write("[client]\nloose-ssl-crl=/crl.pem\nloose_user=u")
    #expect(try MySQLConfiguration(optionFiles: [path]) == MySQLConfiguration(user: "u"))
  }
}
