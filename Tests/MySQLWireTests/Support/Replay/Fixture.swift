import Foundation
import MySQLTesting
import Testing

/// A capture, and what its server was asked to store and to answer.
struct Fixture: CustomTestStringConvertible, Sendable {
  let name: String
  let expectation: CaptureExpectation

  static let all = Fixtures.names.map { Fixture($0) }

  /// For tests that process each byte by itself. Debug builds are a hundred times as slow, so they take every
  /// fourth capture.
  #if DEBUG
    static let bytewise = all.enumerated().filter { $0.offset % 4 == 0 }.map(\.element)
  #else
    static let bytewise = all
  #endif

  var testDescription: String { name }

  /// A capture without its expectations is a mistake in the folder, which every test then reports.
  init(_ name: String) {
    self.name = name
    do {
      let data = try Data(contentsOf: Fixtures.expectations(name))
      expectation = try JSONDecoder().decode(CaptureExpectation.self, from: data)
    } catch {
      expectation = CaptureExpectation(
        server: "", client: "", shows: "unreadable: \(error)", conversations: [])
    }
  }

  /// Returns the conversations with what is expected of each.
  func conversations() throws -> [(CaptureFile.Conversation, ConversationExpectation)] {
    let capture = try CaptureFile(path: Fixtures.capturePath(name))
    guard capture.conversations.count == expectation.conversations.count else {
      throw FixtureError.count(
        name, captured: capture.conversations.count, expected: expectation.conversations.count,
        shows: expectation.shows)
    }
    return Array(zip(capture.conversations, expectation.conversations))
  }
}

enum FixtureError: Error {
  case login(String)
  case count(String, captured: Int, expected: Int, shows: String)
}
