import MySQL
import Testing

@Suite(.busy) struct PasswordSecrecyTests {
  private static let canary = "Ca.Nar-y7"

  @Test func noWayOfPrintingShowsAPassword() {
    var settings = MySQLConfiguration(user: "u", password: MySQLSecret(Self.canary))
    settings.additionalPasswords = [MySQLSecret(Self.canary), MySQLSecret(bytes: Array(Self.canary.utf8))]
    var dumped = ""
    dump(settings, to: &dumped)
    dump(settings.password, to: &dumped)
    let texts = [
      settings.url, settings.description, settings.debugDescription, "\(settings)",
      String(reflecting: settings),
      String(describing: settings.password), String(reflecting: settings.additionalPasswords), dumped,
      "\(Mirror(reflecting: settings).children.map { "\($0)" })",
    ]
    for text in texts {
      #expect(!text.contains(Self.canary))
      #expect(!text.contains("\(Array(Self.canary.utf8))"))
    }
    #expect(dumped.contains("•••"))
    // A dump would write each byte on a line of its own.
    #expect(Mirror(reflecting: MySQLSecret(Self.canary)).children.isEmpty)
    #expect(!dumped.split(separator: "\n").contains { $0.hasSuffix("- \(UInt8(ascii: "C"))") })
  }

  @Test(arguments: [
    "mysq://u:~@h/", "mysql://u:~", "mysql://u:~@@h", "mysql://u:~@h:x/", "mysql://u:~/1@h:3306/",
    "mysql://u:~?1@h/",
    "mysql://u:~#1@h/", "mysql://u:1/~@h/", "mysql://u:1?~@h/", "mysql://u:1?~=1@h/", "mysql://u:1#~@h/",
    "mysql://u:1@~@h/", "mysql://u:%~@h/", "mysql://u:~%@h/", "mysql://u:~%00@h/", "mysql://u: ~@h/",
    "mysql://u:~@[h", "mysql://u:[~]@h:99999/", "mysql://u:~@a,/", "mysql://~,~", "mysql://u:~@h,h",
    "mysql://u:~@h/?zzz=1",
    "mysql://u:~@h/?connect-timeout=1", "mysql://u@h/?password=~", "mysql://u@h/?password2=~%00",
    "mysql://u@h/?password2=~&password2=~", "mysql://u@h/?password2=%~", "u:~@h", "mysql://u:~@h/?socket=/s",
  ])
  func noErrorShowsAPassword(url: String) {
    let text = url.split(separator: "~", omittingEmptySubsequences: false).joined(separator: Self.canary)
    let error = #expect(throws: MySQLError.self) { try MySQLConfiguration(url: text) }
    #expect(error.map { "\($0) \(String(reflecting: $0))".contains(Self.canary) } == false)
  }
}
