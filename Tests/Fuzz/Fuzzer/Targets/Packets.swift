import MySQLWire

func fuzzGreeting(_ input: inout Input) {
  let choice = input.byte()
  let payload = input.remainder()
  let greeting = try? Greeting(payload: payload)
  guard payload.count < 1 << 16 else { return }

  // A session accepts it as a greeting if it is one. It can still refuse the login that the greeting asks for.
  var settings = SessionSettings(user: Array("user".utf8), passwords: [canary])
  settings.plugins = .all
  settings.tls = choice & 1 == 0 ? .ifOffered : .never
  guard var session = try? Session(settings) else { return }
  session.receive(packet(payload, sequence: 0).span.bytes)
  do {
    let event = try session.next()
    switch event {
    case .needsInput, .startTLS: expect(session.greeting == greeting, "\(event) without a greeting")
    case .closed: expect(payload.first == 0xFF, "closed without an error packet")
    default: expect(false, "\(event) after a greeting")
    }
  } catch {
    expect(greeting == nil || session.greeting == greeting, "\(error) for a good greeting")
  }
  expect(!contains(session.takeOutput(), canary), "the password in clear text")
}

/// Reads all packets whose fields do not depend on the state of a session.
func fuzzOKError(_ input: inout Input) {
  let capabilities = Capabilities(choices: input.word())
  let payload = input.remainder()
  _ = try? OKPacket(payload: payload, capabilities: capabilities)
  _ = try? EOFPacket(payload: payload)
  _ = try? PrepareOK(payload: payload)
  _ = try? ProgressReport(payload: payload)
  _ = try? AuthSwitch(payload: payload)
  _ = try? AuthNextFactor(payload: payload)

  var limits = Limits()
  limits.errorText = 64
  if let error = try? ErrorPacket(payload: payload, limits: limits) {
    // A byte that is not UTF-8 grows to three bytes.
    expect(
      error.message.utf8.count <= 3 * limits.errorText, "\(error.message.utf8.count) bytes of error text")
  }
}

func fuzzColumnDefinition(_ input: inout Input) {
  let capabilities = Capabilities(choices: input.word())
  let payload = input.remainder()
  guard let definition = try? ColumnDefinition(payload: payload, capabilities: capabilities) else { return }
  for format in [Format.text, .binary] {
    let columns = ResultColumns([definition], format: format)
    // Only binary rows are asked how a cell lies in a row.
    let layouts = format == .binary ? 1 : 0
    expect(columns.count == 1 && columns.decoders.count == 1, "one column")
    expect(columns.layouts.count == layouts, "one layout")
  }
}
