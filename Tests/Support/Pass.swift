import Foundation
import Testing

/// What a run of these suites is for. MYSQL_TEST_PASS names it, and Tests/run makes each pass with each server.
/// Without it, everything runs that can.
///
/// A new pass is a case here and a word in Tests/run.
enum Pass: String {
  /// Tests that need no server.
  case serverless
  /// Those of `serverless` that compute.
  case busy
  /// Those of `serverless` that wait, above all for deadlines.
  case timed
  /// Everything except the fault matrix and tests that go on for minutes.
  case plain
  case soak
  case faults
  /// Through a proxy that forwards every byte separately.
  case singleBytes = "single-bytes"
  case tls
  case singleBytesTLS = "single-bytes-tls"
  /// With a server whose default character set is latin1, for tests that read and write text.
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

  /// Returns whether a test with these tags, which needs a server, is part of this pass.
  func includes(_ tags: Set<Tag>) -> Bool {
    switch self {
    case .serverless, .busy, .timed: false
    case .faults: tags.contains(.faults)
    case .plain: tags.isDisjoint(with: [.faults, .soak])
    case .soak: tags.contains(.soak)
    case .singleBytes:
      tags.isDisjoint(with: [.faults, .waiting, .handshakes, .ownServers])
        && (Self.isLongRun || tags.isDisjoint(with: [.lengthy, .indifferent]))
    case .tls: tags.isDisjoint(with: [.faults, .waiting, .handshakes, .ownServers, .lengthy])
    case .singleBytesTLS:
      tags.isDisjoint(with: [.faults, .waiting, .handshakes, .ownServers, .lengthy, .indifferent])
    case .latin1: tags.contains(.text)
    case .address: tags.isDisjoint(with: Self.leftOutBySanitizers)
    case .thread: tags.isDisjoint(with: Self.leftOutBySanitizers.union([.data]))
    }
  }

  /// Whether the run is one of Tests/run --long.
  static let isLongRun = ProcessInfo.processInfo.environment["MYSQL_TEST_LONG"] == "yes"

  /// A long run has the time to wait and to start servers under a sanitizer too. A test that measures what means nothing
  /// there has the trait `.notUnder`, or does not check it.
  private static let leftOutBySanitizers: Set<Tag> =
    isLongRun ? [.soak, .handshakes] : [.soak, .handshakes, .waiting, .ownServers, .measured]
}

extension Tag {
  /// Breaks connections everywhere.
  @Tag static var faults: Self
  /// Goes on for minutes.
  @Tag static var soak: Self
  /// Waits for time to pass, so that it makes no difference how bytes arrive.
  @Tag static var waiting: Self
  /// Makes its own TLS connections, by the hundred.
  @Tag static var handshakes: Self
  /// Starts its own servers or proxies, which determine how bytes arrive.
  @Tag static var ownServers: Self
  /// Takes many seconds. TLS makes no difference to it, and only a long run has the time for it a byte at a time.
  @Tag static var lengthy: Self
  /// Takes many seconds at one byte at a time. How bytes arrive makes hardly any difference to it.
  @Tag static var indifferent: Self
  /// Measures memory, time, or what the server counts.
  @Tag static var measured: Self
  /// Reads and writes text, so that a server's default character set may make a difference.
  @Tag static var text: Self
  /// Concerns values, not threads.
  @Tag static var data: Self
}
