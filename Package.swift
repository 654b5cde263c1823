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
  targets: [
    .target(name: "MySQLWire", swiftSettings: settings),
    .testTarget(name: "MySQLWireTests", dependencies: ["MySQLWire"], swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)
