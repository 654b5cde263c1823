extension CommandOption {
  /// The options of a session at a terminal, as in the official command.
  static let ofTerminal: [Self] = [
    flag("auto-rehash") { $0.terminal.readsNames = $1 },
    flag("no-auto-rehash", "A") { $0.terminal.readsNames = !$1 },
    Self(
      "pager", nil,
      .optionalValue { arguments, bytes in
        let name = bytes.map { String(decoding: $0, as: UTF8.self) } ?? ""
        arguments.terminal.pager = name.isEmpty ? arguments.terminal.namedPager : name
      }, turnOff: { $0.terminal.pager = nil }),
    Self(
      "tee", nil, .value { $0.terminal.tees.append(String(decoding: $1, as: UTF8.self)) },
      turnOff: { $0.terminal.tees.append(nil) }),
    Self("prompt", nil, .value { $0.terminal.prompt = $1 }),
    flag("reconnect") { $0.terminal.reconnects = $1 },
    // `--wait=SECONDS` has a limit, and this letter of the official command has none.
    flag("wait", "w") { $0.waitingTime = $1 ? .forever : nil },
    // Nothing here beeps.
    flag("no-beep", "b") { _, _ in },
  ]
}
