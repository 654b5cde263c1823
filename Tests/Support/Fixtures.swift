import Foundation

/// The captures of real servers.
enum Fixtures {
  static let folder: URL = {
    // Several targets have a link to this file in their folders.
    var folder = URL(fileURLWithPath: #filePath)
    while folder.lastPathComponent != "Tests", folder.pathComponents.count > 1 {
      folder.deleteLastPathComponent()
    }
    return folder.deletingLastPathComponent().appendingPathComponent("Fixtures")
  }()

  /// The names of all captures, without their suffix.
  static let names: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".pcap") }.map { String($0.dropLast(5)) }.sorted()
  }()

  static func capturePath(_ name: String) -> String { folder.appendingPathComponent(name + ".pcap").path }
  static func expectations(_ name: String) -> URL { folder.appendingPathComponent(name + ".json") }
}
