import Testing

extension Demo {
  /// What the doctor reports about the way to a server.
  @Suite struct DiagnosingTheWay {
    @Test func saysThatANameHasNoAddress() throws {
      let run = try diagnose(["-hnosuch.invalid"])
      #expect(run.exitCode == 1)
      #expect(run.outputText.contains("The name 'nosuch.invalid' has no address"))
      #expect(run.outputText.contains("on this machine: check its spelling"))
    }

    @Test func saysThatNothingListensAtAPort() throws {
      let port = try LocalListener.closedPort()
      let run = try diagnose(["-h127.0.0.1", "-P\(port)"])
      #expect(run.exitCode == 1)
      #expect(run.outputText.contains("nothing listens on port \(port)"))
      #expect(run.outputText.contains("bind-address"))
    }

    @Test(.enabled(if: Namespace.isAvailable, "needs root, ip and unshare for a network namespace"))
    func saysThatPacketsAreDropped() throws {
      let run = try Namespace.run(["doctor"] + doctorPatience + ["-h", Namespace.silentAddress, "-P3306"])
      #expect(run.exitCode == 1)
      #expect(run.outputText.contains("packets to port 3306 are dropped on the way"))
      #expect(run.outputText.contains("security group"))
    }

    @Test func recognizesAWebServer() throws {
      let listener = try LocalListener.web()
      defer { listener.stop() }
      let run = try diagnose(["-h127.0.0.1", "-P\(listener.port)"])
      #expect(run.exitCode == 1)
      #expect(run.outputText.contains("is a web server (HTTP), not a MySQL or MariaDB server"))
    }

    @Test func saysThatAServiceHangsUp() throws {
      let listener = try LocalListener { _ in }
      defer { listener.stop() }
      let run = try diagnose(["-h127.0.0.1", "-P\(listener.port)"])
      #expect(run.outputText.contains("accepted and closed at once"))
    }

    @Test func saysThatASocketIsMissing() throws {
      let run = try diagnose(["-S/nosuch/socket"])
      #expect(run.exitCode == 1)
      #expect(run.outputText.contains("The unix socket /nosuch/socket cannot be used: No such file"))
    }
  }
}
