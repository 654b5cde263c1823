import MySQLWire

extension PacketDescriber {
  /// Records what a packet says about the session.
  mutating func note(_ message: Message, _ kind: String, _ context: FieldContext) {
    let wasLogin = session.phase == .greeting || session.phase == .login
    notePhase()
    session.unanswered = requests.count
    do throws(Violation) {
      switch kind {
      case "SSLRequest": session.isEncrypted = true
      case "HandshakeResponse":
        let login = try HandshakeResponse(payload: message.payload)
        session.want(user: login.user, database: login.database)
      case "OK":
        let ok = try OKPacket(payload: message.payload, capabilities: context.capabilities)
        session.noteOK(ok, for: context.command, inLogin: wasLogin)
      case "EOF": session.note(try EOFPacket(payload: message.payload).status)
      case "PrepareOK": session.statements.insert(try PrepareOK(payload: message.payload).statement)
      default: break
      }
    } catch {
      // A packet that cannot be read says nothing about the session.
    }
    switch last?.command {
    case .useDatabase(let name): session.want(user: nil, database: name)
    case .changeUser(let settings): session.want(user: settings.user, database: settings.database ?? [])
    case .closeStatement(let id): session.statements.remove(id)
    default: break
    }
  }

  mutating func notePhase() {
    session.phase =
      switch phase {
      case .greeting: .greeting
      case .login, .authentication: .login
      case .commands: .commands
      case .tls: .encrypted
      case .compressed: .compressed
      case .lost: .lost
      }
  }
}
