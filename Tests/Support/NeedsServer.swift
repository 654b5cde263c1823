import Testing

/// For tests that need a server, or more than just any server.
struct NeedsServer: SuiteTrait, TestTrait {
  let isThere: @Sendable () -> Bool
  let lack: Comment

  var isRecursive: Bool { true }
}

extension Trait where Self == NeedsServer {
  static func live(if isThere: @autoclosure @escaping @Sendable () -> Bool, _ lack: Comment) -> Self {
    NeedsServer(isThere: isThere, lack: lack)
  }
}

/// Skips tests that are not part of the current pass, and then tests that lack a server. Tests/run
/// distinguishes the two by the reason.
struct PassSelection: SuiteTrait, TestTrait {
  var isRecursive: Bool { true }

  func prepare(for test: Test) async throws {
    guard !test.isSuite else { return }
    let needs = test.traits.compactMap { $0 as? NeedsServer }
    if let pass = Pass.current {
      let isIncluded = needs.isEmpty ? pass.needsNoServer : pass.includes(test.tags)
      if !isIncluded { try Test.cancel("not in this pass") }
    }
    for need in needs where !need.isThere() { try Test.cancel(need.lack) }
  }
}

extension Trait where Self == PassSelection {
  static var byPass: Self { PassSelection() }
}
