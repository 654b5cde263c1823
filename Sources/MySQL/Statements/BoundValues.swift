import MySQLWire

/// The values that are bound to a statement. An object, because a list is costly to copy, and statements are passed on
/// several times.
final class BoundValues: Sendable {
  let list: ParameterList
  let rare: Rare?

  init(_ list: ParameterList, _ rare: Rare?) {
    self.list = list
    self.rare = rare
  }

  /// What few statements have.
  final class Rare: Sendable {
    /// The parameters whose values arrive while the statement runs.
    let streams: [ParameterStream]
    /// Why the statement cannot be run: some value could not be encoded.
    let failure: Failure?

    init(_ streams: [ParameterStream], _ failure: Failure?) {
      self.streams = streams
      self.failure = failure
    }
  }

  struct Failure: Hashable {
    var kind: MySQLError.Kind
    var message: String
  }
}

extension BoundValues: Hashable {
  static func == (left: BoundValues, right: BoundValues) -> Bool {
    left.list == right.list && left.rare == right.rare
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(list)
    hasher.combine(rare)
  }
}

extension BoundValues.Rare: Hashable {
  static func == (left: BoundValues.Rare, right: BoundValues.Rare) -> Bool {
    left.streams == right.streams && left.failure == right.failure
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(streams)
    hasher.combine(failure)
  }
}
