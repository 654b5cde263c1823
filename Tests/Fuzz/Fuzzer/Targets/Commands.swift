import MySQLTesting
import MySQLWire

/// Fuzzes commands: what reads as a command is written by a session, and must then be read and written as the same.
func fuzzCommands(_ input: inout Input) {
  let capabilities = Capabilities(choices: input.word())
  let statements = input.byte() % 4
  let payload = input.remainder()
  _ = try? HandshakeResponse(payload: payload)
  guard var first = rewrite(payload, capabilities, statements: statements) else { return }
  // The parameter count of an unknown statement is a guess, which may differ for what is written.
  let isKnown = payload.dropFirst(2).prefix(3) == [0, 0, 0] && payload[1] < statements
  let isGuess = payload[0] == CommandCode.execute.rawValue && !isKnown
  if isGuess, !capabilities.contains(.queryAttributes) { return }
  guard var second = rewrite(first, capabilities, statements: statements) else {
    return expect(false, "unreadable when rewritten: \(first)")
  }
  // A login method that this client does not support is written as another one, together with the response of that one.
  if payload[0] == CommandCode.changeUser.rawValue {
    first = second
    second = rewrite(first, capabilities, statements: statements) ?? []
  }
  expect(first == second, "\(first) is rewritten to \(second)")
}

private func rewrite(_ payload: [UInt8], _ capabilities: Capabilities, statements: UInt8) -> [UInt8]? {
  var reader = CommandReader(capabilities)
  for id in 0..<statements { reader.prepared(UInt32(id), parameterCount: Int(id)) }
  guard let command = try? reader.read(payload) else { return nil }
  var scenario = Scenario()
  scenario.choices = [.loggedIn, .claimsAll]
  scenario.capabilities = capabilities.choices
  let driver = Driver(scenario)
  driver.logIn()
  _ = driver.session.takeOutput()
  guard (try? driver.session.send(command)) != nil else { return nil }
  return Array(driver.session.takeOutput().dropFirst(PacketFramer.headerSize))
}
