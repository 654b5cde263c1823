import MySQL

/// Fuzzes a configuration URL, which is laid over the defaults, over other settings and over those of several servers.
/// The URL of the outcome must read back as the same settings, without the passwords.
func fuzzURL(_ input: inout Input) {
  let text = String(decoding: input.remainder(), as: UTF8.self)
  var other = MySQLConfiguration(.unixSocket(path: "/s"), user: "u", database: "d")
  other.publicKey = .askServer
  other.attributes = ["a": "b"]
  var several = MySQLConfiguration()
  several.endpoints = [.tcp(host: "a"), .tcp(host: "b", port: 3307), .tcp(host: "::1")]
  for settings in [MySQLConfiguration(), other, several] { apply(text, to: settings) }
}

private func apply(_ text: String, to before: MySQLConfiguration) {
  var settings = before
  do throws(MySQLError) {
    try settings.apply(url: text)
  } catch {
    expect(error.kind == .configuration, "\(error.kind) for a URL")
    expect(error.message.utf8.allSatisfy { $0 >= 0x20 }, "control characters in \(error.message)")
    return expect(settings == before, "settings changed by a URL that is refused")
  }
  settings.password = MySQLSecret(bytes: canary)
  let url = settings.url
  settings.password = nil
  settings.additionalPasswords = []
  expect(settings.url == url, "\(url) changes with the password")
  expect((try? settings.validate()) != nil, "\(url) is read, but not valid")
  guard let again = try? MySQLConfiguration(url: url) else { return expect(false, "\(url) is unreadable") }
  expect(again == settings, "\(url) reads back as \(again)")
}
