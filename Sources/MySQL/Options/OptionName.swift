/// An option's name in the form in which names are compared. Case, `-`, `_` and spaces do not count, so that
/// `ssl-mode`, `sslMode` and `SSL_MODE` are equal.
struct OptionName: Hashable, Sendable {
  let text: String

  init(_ name: some StringProtocol) {
    text = name.lowercased().filter { $0 != "-" && $0 != "_" && $0 != " " }
  }
}
