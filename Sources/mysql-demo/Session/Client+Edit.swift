import Foundation

extension Client {
  /// Opens an editor with what was typed of a statement, or with the last statement if nothing was (`edit`). Returns
  /// the edited text, which is then pending; nil if the editor failed.
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
