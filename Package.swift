// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "swift-mysql",
  platforms: [.macOS(.v15), .iOS(.v18)],
  products: [
    .library(name: "MySQL", targets: ["MySQL"]),
    .library(name: "MySQLTesting", targets: ["MySQLTesting"]),
    .executable(name: "mysql-demo", targets: ["mysql-demo"]),
  ],
  targets: [
    .target(name: "MySQLCrypto", swiftSettings: settings),
    .target(name: "MySQLWire", dependencies: ["MySQLCrypto"], swiftSettings: settings),
    .target(name: "MySQL", dependencies: ["MySQLWire"], swiftSettings: settings),
    .target(name: "MySQLTesting", dependencies: ["MySQLWire"], swiftSettings: settings),
    .executableTarget(
      name: "mysql-demo", dependencies: ["MySQL", "MySQLWire", "MySQLTesting"], exclude: ["Replay/record"],
      resources: [.embedInCode("Replay/session.pcap")], swiftSettings: settings),
    .executableTarget(
      name: "mysql-bench", dependencies: ["MySQL", "MySQLWire"], path: "Tests/Benchmarks",
      exclude: ["cost", "harness", "limits", "peers", "run"],
      swiftSettings: settings),
    .testTarget(name: "MySQLCryptoTests", dependencies: ["MySQLCrypto"], swiftSettings: settings),
    .testTarget(
      name: "MySQLWireTests", dependencies: ["MySQLCrypto", "MySQLWire", "MySQLTesting"],
      swiftSettings: settings),
    .testTarget(
      name: "MySQLTests", dependencies: ["MySQL", "MySQLWire", "MySQLTesting"], swiftSettings: settings),
    .testTarget(
      name: "MySQLTestingTests", dependencies: ["MySQLTesting", "MySQLWire"], exclude: ["Captures"],
      swiftSettings: settings),
    .testTarget(
      name: "LiveTests", dependencies: ["MySQL", "MySQLWire", "MySQLTesting"], swiftSettings: settings),
    .testTarget(
      name: "DemoTests", dependencies: ["mysql-demo", "MySQL", "MySQLTesting", "MySQLWire"],
      exclude: ["Statements"],
      swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)
