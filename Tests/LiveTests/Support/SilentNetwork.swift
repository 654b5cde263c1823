#if os(Linux)
  import Foundation
  import Testing

  /// A network at the other end of a virtual cable that silently drops whatever arrives, as a firewall does. It
  /// needs root and `ip` from iproute2.
  struct SilentNetwork {
    let address: String
    private let name: String
    private let cable: String

    /// Whether such a network can be made here.
    static func isPossible() async -> Bool {
      guard geteuid() == 0 else { return false }
      return (try? await with { _ in }) != nil
    }

    /// Makes a network, calls the closure with an address whose packets go into it, and removes the network.
    static func with(_ body: (_ address: String) async throws -> Void) async throws {
      let network = try await SilentNetwork()
      do {
        try await body(network.address)
      } catch {
        await network.remove()
        throw error
      }
      await network.remove()
    }

    /// Makes a network with a host in it, calls the closure, and removes the network.
    static func withHost(_ body: (_ network: SilentNetwork) async throws -> Void) async throws {
      let network = try await SilentNetwork()
      do {
        try await Program.run(network.within + ["ip", "link", "set", "lo", "up"])
        try await Program.run(
          network.within + ["ip", "address", "add", "\(network.address)/31", "dev", "eth0"])
        try await body(network)
      } catch {
        await network.remove()
        throw error
      }
      await network.remove()
    }

    /// The words before a command that is to run on the host in the network.
    var within: [String] { ["ip", "netns", "exec", name] }

    /// Removes the host's address: from then on, whatever arrives is dropped.
    func fallSilent() async throws {
      try await Program.run(within + ["ip", "address", "flush", "dev", "eth0"])
    }

    private init() async throws {
      // Two addresses of 198.18.0.0/15, which is reserved for tests of networks.
      let id = UInt32(truncatingIfNeeded: getpid())
      let pair = 198 << 24 | 18 << 16 | (id << 1 & 0x1_FFFE)
      name = "mysql-test-\(id)"
      cable = "mysql\(id)"
      address = Self.text(pair + 1)
      do {
        try await Program.run("ip", "netns", "add", name)
        try await Program.run("ip", "link", "add", cable, "type", "veth", "peer", "eth0", "netns", name)
        try await Program.run("ip", "-n", name, "link", "set", "eth0", "address", Self.hardware, "up")
        try await Program.run("ip", "address", "add", "\(Self.text(pair))/31", "dev", cable)
        try await Program.run("ip", "link", "set", cable, "up")
        // No host there has the address, so nothing replies. The permanent entry keeps this system from asking
        // which host has it, and so from finding out.
        try await Program.run(
          "ip", "neighbour", "replace", address, "lladdr", Self.hardware, "dev", cable, "nud", "permanent")
      } catch {
        await remove()
        throw error
      }
    }

    private func remove() async {
      try? await Program.run("ip", "link", "delete", cable)
      try? await Program.run("ip", "netns", "delete", name)
    }

    private static let hardware = "02:00:00:00:00:02"

    private static func text(_ address: UInt32) -> String {
      [24, 16, 8, 0].map { String(address >> $0 & 0xFF) }.joined(separator: ".")
    }
  }
#endif
