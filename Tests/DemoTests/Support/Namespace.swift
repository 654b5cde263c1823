import Foundation

/// A network namespace in which packets to an address vanish: they go into a cable whose other end has another
/// hardware address.
enum Namespace {
  static let silentAddress = "10.98.76.2"

  static var isAvailable: Bool {
    guard geteuid() == 0 else { return false }
    return (try? run("true"))?.exitCode == 0
  }

  /// Runs mysql-demo in the namespace.
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
      URL(fileURLWithPath: "/usr/bin/unshare"),
      ["--net", "sh", "-c", script, CommandRun.demo.path] + arguments)
  }
}
