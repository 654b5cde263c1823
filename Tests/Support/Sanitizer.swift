import Foundation
import Testing

/// The sanitizer that this process runs under.
enum Sanitizer {
  case address, thread

  static let current: Sanitizer? =
    if dlsym(nil, "__tsan_init") != nil { .thread } else if dlsym(nil, "__asan_init") != nil { .address } else
    { nil }
}

extension Trait where Self == ConditionTrait {
  /// For tests that show nothing under some sanitizers.
  static func notUnder(_ sanitizers: Sanitizer...) -> Self {
    .disabled(
      if: Sanitizer.current.map(sanitizers.contains) ?? false, "not in this pass, for it is under a sanitizer"
    )
  }
}
