import MySQLWire
import Testing

@testable import MySQL

/// Steps of the machine of a statement: events for it, and its actions in words.
enum Steps {
  /// An event that a machine receives, and the action that it must then take. The first step starts the machine.
  typealias Step = (event: Event?, action: String)

  static let columns = ResultColumns(
    [
      ColumnDefinition(
        name: "a", collation: .utf8mb4, length: 1, type: .varString, flags: [], decimals: 0)
    ], format: .binary)
  static let noColumns = ResultColumns([], format: .binary)

  static func ok(_ status: StatusFlags = []) -> OKPacket {
    var ok = OKPacket()
    ok.status = status
    return ok
  }

  static func refused(_ code: UInt16, _ state: String? = "HY000") -> Event {
    .failed(ErrorPacket(code: code, sqlState: state, message: "no"))
  }

  static func prepared(_ id: UInt32, _ parameters: Int = 1) -> Event {
    let definition = ColumnDefinition(
      name: "?", collation: .binary, length: 1, type: .longLong, flags: [], decimals: 0)
    return .prepared(
      PreparedStatement(
        id: id, warnings: 0, parameters: Array(repeating: definition, count: parameters), columns: columns))
  }

  static func cached(_ id: UInt32, _ parameters: Int = 1) -> StatementCache.Statement {
    StatementCache.Statement(id: id, parameters: parameters, columns: columns)
  }

  static func work(
    _ sql: String = "SELECT a FROM t WHERE id = ?", isPrepared: Bool = true,
    options: StatementWork.Options? = nil
  ) throws -> StatementWork {
    var writer = MySQLParameterWriter()
    if isPrepared { try writer.append(7) }
    return StatementWork(sql, isPrepared: isPrepared, writer.list, options)
  }

  /// Runs a machine over the steps.
  static func run(
    _ work: StatementWork, cached: StatementCache.Statement? = nil, _ steps: [Step],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var machine = StatementMachine(work)
    for (number, step) in steps.enumerated() {
      var done: String
      do throws(MySQLError) {
        let action =
          if let event = step.event { try machine.receive(event) } else { try machine.start(cached) }
        done = describe(action)
      } catch {
        done = "throw \(error.server.map { "\($0.code.rawValue)" } ?? "\(error.kind)")"
      }
      if let note = machine.takeNote() { done += ", note \(describe(note))" }
      #expect(done == step.action, "step \(number)", sourceLocation: sourceLocation)
    }
  }

  static func describe(_ action: StatementMachine.Action) -> String {
    switch action {
    case .query: "query"
    case .execute(let id): "execute \(id)"
    case .send(.prepare): "send prepare"
    case .send(.query): "send query"
    case .send(.fetch(_, let rows, _)): "send fetch \(rows)"
    case .send(.resetStatement(let id)): "send reset \(id)"
    case .send: "send something else"
    case .upload(let id): "upload for \(id)"
    case .sendFile: "send file"
    case .lend(let statement): "lend \(statement.id)"
    case .rows: "rows"
    case .deliver(.columns): "columns"
    case .deliver(.rows): "rows"
    case .deliver(.done(_, let hasMore)): hasMore ? "done, more follow" : "done"
    case .wait: "wait"
    }
  }

  static func describe(_ note: StatementMachine.Note) -> String {
    switch note {
    case .prepared(let statement): "prepared \(statement.id)"
    case .lost: "lost"
    case .defined: "defined"
    case .changed(let changes): "changed \(changes.count)"
    }
  }
}
