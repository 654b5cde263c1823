import Foundation

extension CommandRun {
  /// A copy in which all times that `-vvv` shows are the same. Output may be in any character set.
  var withoutTimes: Self {
    let time = /(rows? (?:in set|affected)|Empty set|warnings?) \(\d+\.\d{3} sec\)\n/
    let text = String(data: output, encoding: .isoLatin1)?.replacing(time) { "\($0.1) (0.000 sec)\n" }
    var run = self
    run.output = text?.data(using: .isoLatin1) ?? output
    return run
  }
}

/// The first line in which two runs differ.
struct Difference: CustomStringConvertible {
  let ours: CommandRun
  let theirs: CommandRun

  var description: String {
    for (name, ours, theirs) in [
      ("output", ours.outputText, theirs.outputText), ("errors", ours.errorText, theirs.errorText),
    ] where ours != theirs {
      let (own, other) = (lines(ours), lines(theirs))
      let index = zip(own, other).enumerated().first { $0.element.0 != $0.element.1 }?.offset
      let line = index ?? min(own.count, other.count)
      let shown = [own, other].map { line < $0.count ? "'\($0[line].prefix(200))'" : "the end" }
      return "\(name) line \(line + 1): \(shown[0]) instead of \(shown[1])"
    }
    return "exit code \(ours.exitCode) instead of \(theirs.exitCode), or bytes that are not text"
  }

  private func lines(_ text: String) -> [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
  }
}
