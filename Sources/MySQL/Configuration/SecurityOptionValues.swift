extension OptionValue<MySQLTLSMode> {
  static let mode = word(
    MySQLTLSMode.allCases.map { ($0.rawValue, $0) },
    aliases: [("none", .disabled), ("verify-full", .verifyIdentity)])
}

extension OptionValue<MySQLTLSVersion> {
  /// The official clients take a list of versions; only its oldest counts here.
  static let tlsVersion = Self(
    expects: "TLSv1.2 or TLSv1.3",
    parse: { text, _ in
      let versions = text.split(separator: ",", omittingEmptySubsequences: false).map { item in
        MySQLTLSVersion.allCases.first { version in
          let number = version.rawValue.dropFirst("TLSv".count)
          return [number, "v\(number)", "tls\(number)", "tlsv\(number)"].contains(item.lowercased()[...])
        }
      }
      return versions.contains(nil) ? nil : versions.compactMap(\.self).min()
    }, print: { $0.rawValue })
}

extension OptionValue<MySQLFingerprint> {
  static let fingerprint = Self(
    expects: "a SHA-256 as 64 hexadecimal digits, with or without colons",
    parse: { text, _ in MySQLFingerprint(text) }, print: { $0.description })
}

extension OptionValue<Set<MySQLAuthenticationMethod>> {
  static let authenticationMethods = Self(
    expects: "one or more, with commas between, of "
      + MySQLAuthenticationMethod.known.map(\.rawValue).joined(separator: ", "),
    parse: { text, _ in
      let methods = text.split(separator: ",", omittingEmptySubsequences: false).map { item in
        MySQLAuthenticationMethod.known.first { OptionName($0.rawValue) == OptionName(item) }
      }
      return methods.contains(nil) ? nil : Set(methods.compactMap(\.self))
    }, print: { $0.map(\.rawValue).sorted().joined(separator: ",") })
}
