import Testing

/// Every suite here except the fault matrix. They run one after the other, because some check what the server
/// counts for all its clients, and some measure time.
@Suite(.serialized, .byPass) enum Live {}

extension Trait where Self == NeedsServer {
  static var live: Self {
    live(if: !LiveServer.all.isEmpty, "there is no server to test with: MYSQL_TEST_URLS is not set")
  }
}
