import Foundation

/// A folder that is removed when the test ends.
final class OptionFolder {
  let path = NSTemporaryDirectory() + "/option-files-\(UUID().uuidString)"

  init() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ text: String, to name: String = "my.cnf") throws -> String {
    try write(Data(text.utf8), to: name)
  }

  func write(_ data: Data, to name: String = "my.cnf") throws -> String {
    let file = URL(fileURLWithPath: path).appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
    return file.path
  }
}
