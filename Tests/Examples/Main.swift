import Foundation
import Testing

/// Runs the blocks as the tests of one run.
@main struct Main {
  static func main() async {
    do {
      let proxy = try await Shop.open()
      let code: CInt = await Testing.__swiftPMEntryPoint()
      proxy.stop()
      try await Shop.close()
      exit(code)
    } catch {
      Swift.print("error: \(error)")
      exit(1)
    }
  }
}
