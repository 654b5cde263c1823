import Testing

@testable import mysql_demo

extension Demo {
  @Suite struct Completions {
    private let names = CompletionNames(
      names: ["Customers", "customer_id", "orders", "orders.id", "orders.total", "id", "odd name", "Name`s"])

    /// Returns the line after Tab at its end, and the names if there are several.
    private func complete(_ line: String, quote: UInt8 = 0) -> (line: String, names: [String])? {
      var characters = Array(line)
      guard let completion = Completion(of: characters, at: characters.count, names: names, quote: quote)
      else { return nil }
      characters.replaceSubrange(completion.range, with: completion.text)
      return (String(characters), completion.candidates.count > 1 ? completion.candidates : [])
    }

    @Test(arguments: ["\u{1B}[31m", "\n", "\u{9B}2J", "\u{7}"])
    func leavesOutNamesThatControlTheTerminal(_ sequence: String) {
      let names = CompletionNames(names: ["qq" + sequence, sequence + "qq", "qy"])
      #expect(names.beginning(with: "qq").isEmpty && names.beginning(with: "qy").map(\.text) == ["qy"])
      #expect(names.beginning(with: sequence).isEmpty)
    }

    @Test(arguments: [
      ("sel", "select "), ("SEL", "SELECT "), ("Sele", "SELECT "),
      ("select * from cust", "select * from customer"),
      ("select * from customers", "select * from Customers "), ("SELECT customer_", "SELECT customer_id "),
      ("select (orders.t", "select (orders.total "), ("select 1,orders.i", "select 1,orders.id "),
      ("select odd", "select `odd name` "), ("select `od", "select `odd name`"),
      ("select name", "select `Name``s` "),
      ("use `cus", "use `customer"), ("wher", "where "), ("select 'a' fro", "select 'a' from "),
    ])
    func completesTheWord(_ line: String, _ completed: String) throws {
      #expect(try #require(complete(line)).line == completed)
    }

    @Test(arguments: [
      "", "select ", "select 'cus", "select \"sel", "nosuch", "select 1 + ", "select 'a\\' sel",
    ])
    func leavesAlone(_ line: String) { #expect(complete(line) == nil) }

    @Test func listsWhatIsPossible() throws {
      #expect(try #require(complete("ord")).names == ["order", "orders", "orders.id", "orders.total"])
      #expect(try #require(complete("cust")).names == ["customer_id", "Customers"])
      #expect(try #require(complete("orders.")).names == ["orders.id", "orders.total"])
    }

    @Test func knowsTheQuoteOfTheLineBefore() {
      #expect(complete("sel", quote: UInt8(ascii: "'")) == nil)
      #expect(complete("' fro", quote: UInt8(ascii: "'"))?.line == "' from ")
      #expect(complete("cus", quote: UInt8(ascii: "`"))?.line == "customer")
    }

    @Test func completesInTheMiddleOfALine() throws {
      let completion = try #require(Completion(of: Array("sel 1"), at: 3, names: names))
      #expect(completion.range == 0..<3 && completion.text == "select ")
    }
  }
}
