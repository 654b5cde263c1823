import Foundation

// One executable holds all targets, so that the instrumented modules are built and linked once. FUZZ_TARGET
// chooses the target. libFuzzer provides `main`.
private let target = ProcessInfo.processInfo.environment["FUZZ_TARGET"].flatMap { Target(rawValue: $0) }

/// Writes the seeds instead of fuzzing if FUZZ_SEEDS names a folder for them. They are made from captures and
/// URLs: FUZZ_CAPTURES has the paths of the captures, one a line, and FUZZ_URLS the URLs.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>
) -> CInt {
  let environment = ProcessInfo.processInfo.environment
  if let folder = environment["FUZZ_SEEDS"] {
    let (captures, urls) = (environment["FUZZ_CAPTURES"] ?? "", environment["FUZZ_URLS"] ?? "")
    SeedWriter(folder: folder).write(
      captures: captures.split(separator: "\n").map(String.init),
      urls: urls.split(separator: "\n").map(String.init))
    exit(0)
  }
  expect(target != nil, "FUZZ_TARGET is one of \(Target.allCases.map(\.rawValue))")
  return 0
}

/// Runs the target with one input. libFuzzer calls this for each.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  target?.run(Input(Array(UnsafeBufferPointer(start: bytes, count: count))))
  return 0
}
