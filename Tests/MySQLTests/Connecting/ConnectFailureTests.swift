import Foundation
import Testing

@testable import MySQL

/// Which failures end the race, and what is said about several of them.
@Suite(.busy) struct ConnectFailureTests {
  private static func refusal(_ code: UInt16, state: String = "HY000") -> ConnectFailure {
    .login(
      MySQLError(
        refusing: MySQLError.Server(
          code: MySQLError.Code(rawValue: code), sqlState: state, message: "no room")))
  }

  private static func login(_ kind: MySQLError.Kind) -> ConnectFailure { .login(MySQLError(kind, "words")) }

  @Test func onlyWhatEveryServerWouldSayIsFinal() {
    let table: [(ConnectFailure, Bool)] = [
      (.refused(Socket.SystemError(number: ECONNREFUSED)), false), (.silent, false), (.notTried, false),
      (.noThread, false), (.notFound(MySQLError(.unknownHost, "words")), false),
      (.notFound(MySQLError(.timeout, "words")), false),
      (.notFound(MySQLError(.configuration, "words")), true), (.cancelled, true),
      (Self.login(.authentication), true), (Self.login(.tls), true), (Self.login(.configuration), true),
      (Self.login(.cancelled), true), (Self.login(.connectionLost), false), (Self.login(.notMySQL), false),
      (Self.login(.timeout), false), (Self.login(.protocolViolation), false),
      (Self.refusal(1045, state: "28000"), true), (Self.refusal(1044, state: "42000"), true),
      (Self.refusal(1130), true), (Self.refusal(1049, state: "42000"), true),
      (Self.refusal(1040, state: "08004"), false), (Self.refusal(1053, state: "08S01"), false),
      (Self.refusal(1129), false), (Self.refusal(1203), false), (Self.refusal(3032), false),
    ]
    for (failure, isFinal) in table { #expect(failure.isFinal == isFinal, "\(failure)") }
  }

  @Test func oneAddressHasTheMessageOfItsFailure() {
    let refused = MySQLError(
      connectingTo: "db:3306", [("10.0.0.1", .refused(Socket.SystemError(number: ECONNREFUSED)))])
    #expect(refused.kind == .connectionRefused)
    #expect(
      refused.message
        == "cannot connect to db:3306 (10.0.0.1: Connection refused): is the server running, does it listen there "
        + "(port, bind-address, skip-networking, socket path)?")
    let silent = MySQLError(connectingTo: "db:3306", [("10.0.0.1", .silent)])
    #expect(silent.kind == .timeout)
    #expect(
      silent.message
        == "cannot connect to db:3306 (10.0.0.1 does not answer): is the host right, and does a firewall or security "
        + "group drop packets for the port?")
    let lost = MySQLError(connectingTo: "db:3306", [("10.0.0.1", Self.login(.connectionLost))])
    #expect(lost.kind == .connectionLost && lost.message == "words")
  }

  /// The kind is that of the failure that was the least far from a login.
  @Test func severalAddressesHaveEachItsReason() {
    let refused = ConnectFailure.refused(Socket.SystemError(number: ECONNREFUSED))
    let full = Self.refusal(1040, state: "08004")
    let table: [([ConnectFailure], MySQLError.Kind)] = [
      ([.silent, refused], .connectionRefused), ([.silent, .silent], .timeout),
      ([.notFound(MySQLError(.unknownHost, "words")), .silent], .timeout),
      ([.notFound(MySQLError(.unknownHost, "words")), .notTried], .timeout),
      ([refused, Self.login(.notMySQL)], .notMySQL), ([Self.login(.timeout), refused], .timeout),
      ([Self.login(.connectionLost), full, refused], .server),
      ([Self.refusal(1129), Self.login(.connectionLost)], .connectionLost),
    ]
    for (failures, kind) in table {
      let places = failures.indices.map { "10.0.0.\($0 + 1):3306" }
      let error = MySQLError(connectingTo: "a, b", zip(places, failures).map { (place: $0, failure: $1) })
      #expect(error.kind == kind, "\(error)")
      #expect(error.reach == .notSent)
      #expect(error.message.hasPrefix("cannot connect to a, b ("))
      for (place, failure) in zip(places, failures) {
        if case .notFound = failure { continue }
        #expect(error.message.contains(place), "\(error)")
      }
    }
    let error = MySQLError(connectingTo: "a, b", [("a", refused), ("b", full)])
    #expect(error.server?.code == .tooManyConnections && error.isRetryable)
    #expect(error.message.contains("a: Connection refused; b: ERROR 1040 (08004): no room"), "\(error)")
  }

  @Test func theFamiliesOfANameTakeTurns() {
    let four = (1...3).map { SocketAddress(family: AF_INET, bytes: [UInt8($0)]) }
    let six = (1...2).map { SocketAddress(family: AF_INET6, bytes: [UInt8($0)]) }
    #expect((six + four).alternatingFamilies == [six[0], four[0], six[1], four[1], four[2]])
    #expect((four + six).alternatingFamilies == [four[0], six[0], four[1], six[1], four[2]])
    #expect(four.alternatingFamilies == four)
    #expect([SocketAddress]().alternatingFamilies.isEmpty)
  }
}
