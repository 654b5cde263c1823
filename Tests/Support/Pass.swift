import Foundation
import Testing

/// What a run of these suites is for. MYSQL_TEST_PASS names it, and Tests/run makes each pass with each server; without
/// it everything runs that can.
///
/// A new pass is a case here and a word in Tests/run.
enum Pass: String {
  /// What needs no server.
  case serverless
  /// Of this, what computes.
  case busy
  /// And what waits, for deadlines above all.
  case timed
  /// Everything but the fault matrix and what endures for minutes.
  case plain
  case soak
  case faults
  /// Through a proxy that forwards every byte alone.
  case singleBytes = "single-bytes"
  case tls
  case singleBytesTLS = "single-bytes-tls"
  /// A server whose default character set is latin1, for what reads and writes text.
  case latin1
  /// Under the address sanitizer.
  case address
  /// Under the thread sanitizer.
  case thread

  static let current: Pass? = ProcessInfo.processInfo.environment["MYSQL_TEST_PASS"].map { name in
    guard let pass = Pass(rawValue: name) else { fatalError("MYSQL_TEST_PASS names no pass: \(name)") }
    return pass
  }

  var needsNoServer: Bool { self == .serverless || self == .busy || self == .timed }
  var hasSingleBytes: Bool { self == .singleBytes || self == .singleBytesTLS }
  var hasTLS: Bool { self == .tls || self == .singleBytesTLS }

  /// Whether a test with these tags, which needs a server, is of this pass.
  func includes(_ tags: Set<Tag>) -> Bool {
    switch self {
    case .serverless, .busy, .timed: false
    case .faults: tags.contains(.faults)
    case .plain: tags.isDisjoint(with: [.faults, .soak])
    case .soak: tags.contains(.soak)
    case .singleBytes: tags.isDisjoint(with: [.faults, .waiting, .handshakes, .ownServers])
    case .tls: tags.isDisjoint(with: [.faults, .waiting, .handshakes, .ownServers, .lengthy])
    case .singleBytesTLS:
      tags.isDisjoint(with: [.faults, .waiting, .handshakes, .ownServers, .lengthy, .indifferent])
    case .latin1: tags.contains(.text)
    case .address: tags.isDisjoint(with: [.waiting, .handshakes, .ownServers, .measured])
    case .thread: tags.isDisjoint(with: [.waiting, .handshakes, .ownServers, .measured, .data])
    }
  }
}

extension Tag {
  /// Breaks connections in all places.
  @Tag static var faults: Self
  /// Goes on for minutes, mostly waiting.
  @Tag static var soak: Self
  /// Waits for time to pass, so that it makes no difference how bytes come.
  @Tag static var waiting: Self
  /// Makes TLS connections of its own, by the hundred.
  @Tag static var handshakes: Self
  /// Starts servers or proxies of its own, which see to how bytes come.
  @Tag static var ownServers: Self
  /// Takes many seconds, and TLS makes no difference to it.
  @Tag static var lengthy: Self
  /// Takes many seconds a byte at a time, and it makes no difference to it how bytes come over TLS.
  @Tag static var indifferent: Self
  /// Measures memory, time, or what the server counts.
  @Tag static var measured: Self
  /// Reads and writes text, so that a server's default character set may make a difference.
  @Tag static var text: Self
  /// Is about values, and not about threads.
  @Tag static var data: Self
}
