/// One workload against one server, by peers that take turns. Medians are printed for each, and then what
/// ours takes in relation to C, or to whoever else is the yardstick.
struct Contest {
  let workload: String
  let server: BenchmarkServer
  let peers: [Peer]
  var yardstick = "c"

  func run(rounds: Int) throws {
    var samples: [[Measurement]] = peers.map { _ in [] }
    // A run that does not count: the server's caches fill, and a password need not be proved in full again.
    for peer in peers { _ = try peer.measure(server) }
    for round in 0..<rounds {
      for turn in peers.indices {
        // Nobody has always the same neighbour.
        let index = (round + turn) % peers.count
        samples[index].append(try peers[index].measure(server))
      }
    }
    for (peer, measurements) in zip(peers, samples) { printMedians(peer, measurements) }
    try checkAgreement(samples.joined())
    guard let yardstick = peers.firstIndex(where: { $0.name == self.yardstick }) else { return }
    for (index, peer) in peers.enumerated() where index != yardstick {
      printRatio(peer, zip(samples[index], samples[yardstick]))
    }
  }

  private func printMedians(_ peer: Peer, _ samples: [Measurement]) {
    var words = [
      workload, "peer=\(peer.name)", "server=\(server.name)", "rate=\(Int(samples.map(\.rate).median))",
      "cpu_s=\(samples.map(\.cpu).median.rounded(to: 3))",
      "rss_mib=\(samples.map(\.memory).median.rounded(to: 1))",
    ]
    let latencies = samples.compactMap(\.p50)
    if !latencies.isEmpty { words.append("p50_us=\(latencies.median.rounded(to: 1))") }
    if let checksum = samples.first?.checksum { words.append("checksum=\(checksum)") }
    report(words.joined(separator: " "))
  }

  /// The median of the rounds' ratios: what else the machine does changes from round to round, and both
  /// peers of a round have it.
  private func printRatio(_ peer: Peer, _ pairs: Zip2Sequence<[Measurement], [Measurement]>) {
    let rate = pairs.map { $0.rate / $1.rate }.median.rounded(to: 2)
    let cpu = pairs.map { $0.cpu / $1.cpu }.median.rounded(to: 2)
    let name = peer.name == "ours" ? "" : " peer=\(peer.name)"
    report("\(workload) ratio server=\(server.name)\(name) rate=\(rate) cpu=\(cpu)")
  }

  private func checkAgreement(_ samples: some Sequence<Measurement>) throws {
    let checksums = Set(samples.map(\.checksum))
    guard checksums.count == 1 else {
      throw BenchmarkError("the peers read different values: \(checksums.sorted().joined(separator: ", "))")
    }
  }
}

extension Collection<Double> {
  fileprivate var median: Double {
    let values = sorted()
    guard let upper = values.dropFirst(values.count / 2).first else { return 0 }
    guard values.count.isMultiple(of: 2) else { return upper }
    return (values[values.count / 2 - 1] + upper) / 2
  }
}
