import Foundation
import Testing

extension Demo {
  /// `help TOPIC`, which the server answers.
  @Suite(.live, .official) struct ServerHelp {
    @Test(arguments: DemoServer.all)
    func isShownLikeTheOfficialCommandShowsIt(_ server: DemoServer) async throws {
      let input =
        "help year\nhelp 'contents'\nhelp sel%;\nhelp nosuchtopic;\n? select;\nhelp it's\nSELECT 1;\n"
      try await server.compare(["-f"], Data(input.utf8), "help")
      try await server.compare([], Data(input.utf8), "help")
    }
  }
}
