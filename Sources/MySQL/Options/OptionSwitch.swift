/// What turns an option on or off: a word that is its value, or a prefix of its name.
package enum OptionSwitch {
  /// Returns whether the word means on, in any case of letters; nil if it means neither.
  package static func isOn(_ word: String) -> Bool? {
    switch word.lowercased() {
    case "1", "on", "true", "yes": true
    case "0", "off", "false", "no": false
    default: nil
    }
  }

  /// Splits a name such as `skip-ssl`, in lower case and with dashes, into what its prefix means and the rest; nil if it
  /// has no such prefix.
  package static func split(_ name: String) -> (isOn: Bool, rest: String)? {
    for (prefix, isOn) in [("skip-", false), ("disable-", false), ("enable-", true)]
    where name.hasPrefix(prefix) {
      return (isOn, String(name.dropFirst(prefix.count)))
    }
    return nil
  }
}
