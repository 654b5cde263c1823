#if os(Linux)
  import Foundation
  import Testing

  /// A network at the other end of a virtual cable, where whatever arrives is dropped without a word, as by a
  /// firewall. It takes root and `ip` of iproute2.
  struct SilentNetwork {
    let address: String
    private let name: String
    private let cable: String

    /// Whether such a network can be made here.
    static func isPossible() async -> Bool {
      guard geteuid() == 0 else { return false }
      return (try? await with { _ in }) != nil
    }

    /// Makes one, calls the closure with an address whose packets go into it, and takes it away.
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

    /// Makes one with a host in it, and takes it away.
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

    /// What goes before a command that is to run on the host there.
    var within: [String] { ["ip", "netns", "exec", name] }

    /// Takes the host's address away: from now on whatever arrives is dropped.
    func fallSilent() async throws {
      try await Program.run(within + ["ip", "address", "flush", "dev", "eth0"])
    }

    private init() async throws {
      // Two addresses of 198.18.0.0/15, which is set aside for tests of networks.
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
        // Nobody there has the address, so that nobody answers; and nobody is asked whether he does, so that
        // this system does not find out.
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
