import Foundation

/// Namespaces in which mysql-demo runs: with a network of its own, or with a file of its own in the system's place.
enum Namespace {
  /// An address to which packets vanish: they go into a cable whose other end has another hardware address.
  static let silentAddress = "10.98.76.2"

  static var isAvailable: Bool {
    guard geteuid() == 0 else { return false }
    return (try? run("true"))?.exitCode == 0
  }

  /// Whether a file can be shown in place of the system's.
  static var hasOwnFiles: Bool {
    geteuid() == 0 && (try? CommandRun.of(unshare, ["--mount", "true"]))?.exitCode == 0
  }

  /// Runs mysql-demo where a text is the content of a file of the system, which the command may write to.
  static func run(
    _ arguments: [String], with text: String, as path: String, input: String = ""
  ) throws -> CommandRun {
    let folder = try Folder()
    defer { folder.remove() }
    let file = try folder.write(text, "file")
    return try CommandRun.of(
      unshare,
      ["--mount", "sh", "-c", "mount --bind \(file) \(path) && exec \"$0\" \"$@\"", CommandRun.demo.path]
        + arguments,
      input: Data(input.utf8))
  }

  private static let unshare = URL(fileURLWithPath: "/usr/bin/unshare")

  /// Runs mysql-demo with a network of its own.
  static func run(_ arguments: [String]) throws -> CommandRun {
    try run("exec \"$0\" \"$@\"", arguments)
  }

  private static func run(_ command: String, _ arguments: [String] = []) throws -> CommandRun {
    let script = """
      set -e
      ip link set lo up
      ip link add near type veth peer name far
      ip address add 10.98.76.1/24 dev near
      ip link set near up
      ip link set far up
      ip neighbour add \(silentAddress) lladdr 02:00:00:00:00:02 dev near nud permanent
      \(command)
      """
    return try CommandRun.of(
      unshare,
      ["--net", "sh", "-c", script, CommandRun.demo.path] + arguments)
  }
}
