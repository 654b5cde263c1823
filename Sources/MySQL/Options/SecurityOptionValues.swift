extension OptionValue<MySQLTLS.Mode> {
  static let mode = word(
    MySQLTLS.Mode.allCases.map { ($0.rawValue, $0) },
    aliases: [("none", .disabled), ("verify-full", .verifyIdentity)])
}

extension OptionValue<MySQLTLS.Version> {
  /// The official clients take a list of versions; only its oldest counts here.
  static let tlsVersion = Self(
    expects: "TLSv1.2 or TLSv1.3",
    parse: { text, _ in
      let versions = text.split(separator: ",", omittingEmptySubsequences: false).map { item in
        MySQLTLS.Version.allCases.first { version in
          let number = version.rawValue.dropFirst("TLSv".count)
          return [number, "v\(number)", "tls\(number)", "tlsv\(number)"].contains(item.lowercased()[...])
        }
      }
      return versions.contains(nil) ? nil : versions.compactMap(\.self).min()
    }, print: { $0.rawValue })
}

extension OptionValue<MySQLTLS.Fingerprint> {
  static let fingerprint = Self(
    expects: "a SHA-256 as 64 hexadecimal digits, with or without colons",
    parse: { text, _ in MySQLTLS.Fingerprint(text) }, print: { $0.description })
}

extension OptionValue<Set<MySQLConfiguration.AuthenticationMethod>> {
  static let authenticationMethods = Self(
    expects: "one or more, with commas between, of "
      + MySQLConfiguration.AuthenticationMethod.known.map(\.rawValue).joined(separator: ", "),
    parse: { text, _ in
      let methods = text.split(separator: ",", omittingEmptySubsequences: false).map { item in
        MySQLConfiguration.AuthenticationMethod.known.first { OptionName($0.rawValue) == OptionName(item) }
      }
      return methods.contains(nil) ? nil : Set(methods.compactMap(\.self))
    }, print: { $0.map(\.rawValue).sorted().joined(separator: ",") })
}
