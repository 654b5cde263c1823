// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("InferIsolatedConformances"),
]

// The modules under test are targets of this package, reached through the symbolic link `Core`. As a
// dependency, they would be another package, and everything in them that is `package` would be hidden.
let package = Package(
  name: "fuzz",
  platforms: [.macOS(.v15)],
  targets: [
    .target(name: "MySQLCrypto", path: "Core/MySQLCrypto", swiftSettings: settings),
    .target(
      name: "MySQLWire", dependencies: ["MySQLCrypto"], path: "Core/MySQLWire", swiftSettings: settings),
    .target(
      name: "MySQLTesting", dependencies: ["MySQLWire"], path: "Core/MySQLTesting", swiftSettings: settings),
    // Only the settings and what they need. More code without a target would slow each run down.
    .target(
      name: "MySQL", dependencies: ["MySQLWire"], path: "Core/MySQL",
      sources: ["ErrorNames", "Errors", "Configuration", "Options", "System/InputFile.swift"],
      swiftSettings: settings),
    .executableTarget(
      name: "fuzz", dependencies: ["MySQL", "MySQLWire", "MySQLTesting"], path: "Fuzzer",
      swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)
