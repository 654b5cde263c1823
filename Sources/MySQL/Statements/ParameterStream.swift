/// A parameter whose value comes piece by piece while the statement is run.
final class ParameterStream: Sendable {
  let parameter: UInt16
  let source: MySQLByteSource

  init(parameter: Int, _ source: MySQLByteSource) {
    self.parameter = UInt16(truncatingIfNeeded: parameter)
    self.source = source
  }
}

extension ParameterStream: Hashable {
  static func == (left: ParameterStream, right: ParameterStream) -> Bool { left === right }
  func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
