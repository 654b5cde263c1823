extension ServerChoice {
  /// Returns the member for a call.
  ///
  /// - Parameters:
  ///   - load: How many connections to a member are in use.
  ///   - excluded: Members that the call has tried in vain.
  ///   - isAfterWrite: Whether members that lately did not catch up are left out.
  mutating func choose(
    _ need: Need, avoiding excluded: Set<MemberID> = [], isAfterWrite: Bool = false, at now: Nanoseconds,
    load: (MemberID) -> Int
  ) -> Choice {
    elect(at: now)
    let id =
      switch need {
      case .any: pick(from: readyMembers.filter { !excluded.contains($0) }, load)
      case .writer: writer
      case .replica: pick(from: replicas(excluded, isAfterWrite, now), load)
      case .preferablyReplica:
        pick(from: replicas(excluded, isAfterWrite, now), load)
          ?? (beginningEnd(at: now) == nil ? writer : nil)
      }
    if let id { return .use(id) }
    // A call that waits is a reason to ask again.
    for number in endpoints.indices where endpoints[number].due == nil && !endpoints[number].isAsked {
      endpoints[number].due = now.adding(Self.pace)
    }
    let questions = endpoints.map { $0.isAsked ? nil : $0.due }
    return .wait(until: (questions + [beginningEnd(at: now)]).compactMap(\.self).min())
  }

  /// Whether all endpoints have been tried since a moment, and none has replied.
  func isUnreachable(since start: Nanoseconds) -> Bool {
    endpoints.allSatisfy { !$0.isAsked && $0.settled.map { $0 >= start } ?? false }
      && members.values.allSatisfy { $0.role == nil }
  }

  /// The members that serve, in the order of the settings.
  var readyMembers: [MemberID] { endpoints.flatMap { $0.members.filter { members[$0]?.isReady == true } } }

  private func replicas(_ excluded: Set<MemberID>, _ isAfterWrite: Bool, _ now: Nanoseconds) -> [MemberID] {
    readyMembers.filter { id in
      guard let member = members[id], let role = member.role, id != writer, !excluded.contains(id) else {
        return false
      }
      // A node of Galera is waited for whatever was written.
      if isAfterWrite || role.cluster == .galera, member.lagEnd > now { return false }
      return role.access == .readOnly || role.cluster != nil
    }
  }

  private mutating func pick(from candidates: [MemberID], _ load: (MemberID) -> Int) -> MemberID? {
    let weighted = candidates.filter { weight(of: $0) > 0 }
    let candidates = weighted.isEmpty ? candidates : weighted
    if candidates.count < 2 { return candidates.first }
    switch balance {
    case .leastLeased:
      return candidates.min { (load($0) + 1) * share(of: $1) < (load($1) + 1) * share(of: $0) }
    case .random:
      var ticket = Int.random(in: 0..<candidates.map { share(of: $0) }.reduce(0, +), using: &random)
      for id in candidates {
        ticket -= share(of: id)
        if ticket < 0 { return id }
      }
      return candidates.last
    case .roundRobin:
      // Each gets credit by its weight, and whoever has the most pays for all.
      var total = 0
      for id in candidates {
        let share = share(of: id)
        members[id]?.credit += share
        total += share
      }
      let next = candidates.reduce(candidates[0]) { best, id in credit(of: id) > credit(of: best) ? id : best
      }
      members[next]?.credit -= total
      return next
    }
  }

  func weight(of id: MemberID) -> Int { members[id].map { endpoints[$0.endpoint].weight } ?? 0 }
  /// Where all weights are 0, all are equal.
  private func share(of id: MemberID) -> Int { max(1, weight(of: id)) }
  private func credit(of id: MemberID) -> Int { members[id]?.credit ?? 0 }
}
