import MySQLWire

extension Driver {
  /// Feeds a greeting that offers everything that the client wants.
  func greet() {
    let capabilities = Capabilities(choices: scenario.capabilities)
    var writer = ByteWriter()
    writer.writeUInt8(10)
    writer.writeNullTerminated("8.4.0".utf8)
    writer.write([1, 0, 0, 0])
    writer.write(1...8)
    writer.writeUInt8(0)
    writer.writeInteger(UInt16(truncatingIfNeeded: capabilities.rawValue))
    writer.write([255, 2, 0])
    writer.writeInteger(UInt16(truncatingIfNeeded: capabilities.rawValue >> 16))
    writer.writeUInt8(21)
    writer.write(zeros: 6)
    writer.writeInteger(capabilities.extended)
    writer.write(9...20)
    writer.writeUInt8(0)
    if capabilities.contains(.pluginAuthentication) { writer.writeNullTerminated(scenario.pluginName.utf8) }
    feed(payload: writer.bytes)
  }

  /// Feeds a login that succeeds.
  func logIn() {
    greet()
    feed(payload: [0, 0, 0, 2, 0, 0, 0])
  }
}

/// Fuzzes a session: the fuzzer is the server.
func fuzzSession(_ input: inout Input) {
  let scenario = Scenario(&input)
  let whole = Driver(scenario)
  let stream: [UInt8]
  if scenario.choices.contains(.payloads) {
    stream = feedPayloads(&input, to: whole)
  } else {
    stream = input.remainder()
    begin(whole)
    for part in parts(stream, scenario) { whole.feed(Array(part)) }
  }

  let pieces = Driver(scenario)
  begin(pieces)
  var splitter = Pieces(seed: scenario.pieces)
  for part in parts(stream, scenario) {
    for piece in splitter.split(part) { pieces.feed(piece) }
  }
  compare(whole, pieces)
}

private func begin(_ driver: Driver) {
  if driver.scenario.choices.contains(.loggedIn), !driver.scenario.usesTLS { driver.logIn() }
}

/// Feeds each payload separately, and returns all bytes fed.
private func feedPayloads(_ input: inout Input, to driver: Driver) -> [UInt8] {
  begin(driver)
  var stream: [UInt8] = []
  while !input.isEmpty { stream += driver.feed(payload: input.piece()) }
  return stream
}

/// Splits the stream where TLS begins: after the greeting, which must then arrive alone.
private func parts(_ stream: [UInt8], _ scenario: Scenario) -> [ArraySlice<UInt8>] {
  guard scenario.usesTLS, stream.count >= 4 else { return [stream[...]] }
  let end = min(stream.count, 4 + Int(stream[0]) + Int(stream[1]) << 8 + Int(stream[2]) << 16)
  return [stream[..<end], stream[end...]]
}

private func compare(_ whole: Driver, _ pieces: Driver) {
  for (index, (one, other)) in zip(whole.events, pieces.events).enumerated() {
    expect(one == other, "the event \(index) is \(one), or in pieces \(other)")
  }
  expect(
    whole.events.count == pieces.events.count,
    "\(whole.events.count) events, or in pieces \(pieces.events.count)")
  expect(whole.output.count == pieces.output.count, "other output when fed in pieces")
  // Text that is encrypted with an RSA key differs each time. Over a unix socket, any server may be asked for its key.
  if whole.scenario.choices.isDisjoint(with: [.asksForKey, .pinsKey, .unixSocket]) {
    expect(whole.output == pieces.output, "other output when fed in pieces")
  }
}

/// Fuzzes a login: a good greeting, followed by the fuzzer's payloads.
func fuzzAuthentication(_ input: inout Input) {
  var scenario = Scenario(&input)
  scenario.choices.remove([.offersTLS, .requiresTLS])
  let driver = Driver(scenario)
  driver.greet()
  while !input.isEmpty { driver.feed(payload: input.piece()) }
}
