extension Session {
  /// Writes COM_CHANGE_USER to the output and begins the login that it asks for.
  mutating func changeUser(_ settings: SessionSettings) {
    // These commands are for the session that ends here.
    ahead = []
    var login = Login(settings: settings)
    login.isChangeOfUser = true
    // An error is ignored here: a method that cannot use the challenge throws when the server asks for it by name.
    let begun = try? login.begin(
      challenge: challenge, madeFor: greeting?.plugin ?? "", channel: channel,
      answerLimit: HandshakeResponse.shortAnswer)
    let (plugin, answer) = begun ?? (CachingSHA2Password.name, [])
    let capabilities = capabilities
    let collation = collation(settings)
    framer.sequence = output.write(sequence: 0) { writer in
      writer.writeChangeUser(settings, plugin: plugin, answer: answer, collation: collation, capabilities)
    }
    phase = .login(login)
  }
}
