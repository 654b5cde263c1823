// swift-tools-version: 6.2
import PackageDescription

let commonSettings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  .treatAllWarnings(as: .error),
]

let settings = commonSettings + [.enableUpcomingFeature("MemberImportVisibility")]

// Compiling tests with optimization takes longer than it saves, and no other module imports them, so they need no job
// of their own that makes their interfaces first. MemberImportVisibility is left out: depending on the order of imports,
// Swift 6.3 takes fields of C structs for those of a module that cannot be imported.
let testSettings =
  commonSettings + [
    .unsafeFlags(["-Onone", "-no-emit-module-separately-wmo"], .when(configuration: .release))
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
    // The programs of Docs/Examples, which the tests run.
    .executableTarget(
      name: "example-report", dependencies: ["MySQL"], path: "Docs/Examples/Report", swiftSettings: settings),
    .executableTarget(
      name: "example-web", dependencies: ["MySQL"], path: "Docs/Examples/Web", swiftSettings: settings),
    .executableTarget(
      name: "example-load", dependencies: ["MySQL"], path: "Docs/Examples/Load", swiftSettings: settings),
    .executableTarget(
      name: "example-servers", dependencies: ["MySQL"], path: "Docs/Examples/Servers", swiftSettings: settings
    ),
    .testTarget(name: "MySQLCryptoTests", dependencies: ["MySQLCrypto"], swiftSettings: testSettings),
    .testTarget(
      name: "MySQLWireTests", dependencies: ["MySQLCrypto", "MySQLWire", "MySQLTesting"],
      swiftSettings: testSettings),
    .testTarget(
      name: "MySQLTests", dependencies: ["MySQL", "MySQLWire", "MySQLTesting"], swiftSettings: testSettings),
    .testTarget(
      name: "MySQLTestingTests", dependencies: ["MySQLTesting", "MySQLWire"], exclude: ["Captures"],
      swiftSettings: testSettings),
    .testTarget(
      name: "LiveTests", dependencies: ["MySQL", "MySQLWire", "MySQLTesting"], swiftSettings: testSettings),
    .testTarget(
      name: "DemoTests",
      dependencies: [
        "mysql-demo", "example-report", "example-web", "example-load", "example-servers", "MySQL",
        "MySQLTesting", "MySQLWire",
      ],
      exclude: ["Differential/Statements"],
      swiftSettings: testSettings),
  ],
  swiftLanguageModes: [.v6]
)

// Tests/run leaves out what a sanitizer's build would not run: targets, and files of targets in the folder Tests.
let names = Context.environment["MYSQL_TEST_LEAVE_OUT"] ?? ""
let leftOut = names.split(whereSeparator: \.isWhitespace).map(String.init)
package.targets.removeAll { leftOut.contains($0.name) }
package.products.removeAll { leftOut.contains($0.name) }
for target in package.targets where target.isTest {
  let folder = "Tests/\(target.name)/"
  target.exclude += leftOut.filter { $0.hasPrefix(folder) }.map { String($0.dropFirst(folder.count)) }
}
