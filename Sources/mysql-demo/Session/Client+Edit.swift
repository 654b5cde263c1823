import Foundation

extension Client {
  /// Lets an editor change the statement so far; at its beginning, the last statement (`edit`). Returns the text that is
  /// pending then; nil if there is none, because the editor failed.
  func edit(_ pending: [UInt8]) -> [UInt8]? {
    let folder = FileManager.default.temporaryDirectory
    let path = folder.appendingPathComponent("mysql-demo-\(UUID().uuidString).sql").path
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else {
      write(error: Failure("Can't create/write to file '\(path)' (Errcode: \(errno))"))
      return nil
    }
    defer { unlink(path) }
    let output = OutputBuffer(file)
    output.write(pending.isEmpty && isTerminal ? lastStatement : pending)
    output.flush()
    close(file)
    let environment = ProcessInfo.processInfo.environment
    let editor = environment["EDITOR"] ?? environment["VISUAL"] ?? "vi"
    self.output.flush()
    if isTerminal { Terminal.leave() }
    defer { if isTerminal { Terminal.enter(.running) } }
    guard SystemCommand.run("\(editor) '\(path)'") == 0 else {
      write(error: Failure("Command '\(("\(editor) \(path)").prefix(40))' failed"))
      return nil
    }
    return FileManager.default.contents(atPath: path).map { Array($0) }
  }
}
