import Foundation
import MySQLTesting
import MySQLWire

/// Inputs to begin with, in a folder for each target: what real servers and clients sent, in the form that the
/// target reads; the tests' URLs; and a few made by hand.
struct SeedWriter {
  let folder: String
  private var seeds: [Target: Set<[UInt8]>] = [:]

  init(folder: String) { self.folder = folder }

  /// The maximum size of a seed. Longer ones slow the fuzzer down more than they teach it.
  private static var mostBytes: Int { 16 << 10 }

  consuming func write(captures: [String], urls: [String]) {
    for path in captures {
      guard let data = FileManager.default.contents(atPath: path) else { continue }
      add(Array(data), to: .capture)
      for conversation in (try? CaptureFile(bytes: Array(data)))?.conversations ?? [] {
        CapturedSeeds(conversation)?.add(to: &self)
      }
    }
    addHandmadeSeeds()
    addURLs(urls)
    save()
  }

  mutating func add(_ seed: [UInt8], to target: Target) {
    guard seed.count <= Self.mostBytes else { return }
    seeds[target, default: []].insert(seed)
  }

  mutating func add(to target: Target, _ seed: (inout ByteWriter) -> Void) {
    var writer = ByteWriter()
    seed(&writer)
    add(writer.bytes, to: target)
  }

  private func save() {
    for target in Target.allCases {
      let path = folder + "/" + target.rawValue
      try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      for (number, seed) in (seeds[target] ?? []).enumerated() {
        // Writing `Data` would wait for the disk at each file.
        let file = fopen(path + "/seed-\(number)", "wb")
        expect(file != nil, "a seed can be written to \(path)")
        guard let file else { return }
        fwrite(seed, 1, seed.count, file)
        fclose(file)
      }
    }
  }
}
