// swift-tools-version: 6.2
import PackageDescription

// A program as a user of the library writes it. Tests/Consumer/run gives it a repository with a tag.
let package = Package(
  name: "consumer",
  platforms: [.macOS(.v15)],
  dependencies: [.package(url: Context.environment["SWIFT_MYSQL_URL"] ?? "", from: "1.0.0")],
  targets: [
    .executableTarget(
      name: "consumer",
      dependencies: [
        .product(name: "MySQL", package: "swift-mysql"),
        .product(name: "MySQLTesting", package: "swift-mysql"),
      ],
      swiftSettings: [.treatAllWarnings(as: .error)])
  ],
  swiftLanguageModes: [.v6]
)
