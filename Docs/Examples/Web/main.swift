import Dispatch
import Foundation
import MySQL

// example-web URL PORT: a page with the rows of the table `people` (id, name, born), which it gets as JSON from the
// same server. Linux's sockets, no framework: what matters here is that all requests share one pool of connections.

struct Person: Codable, Sendable {
  var id: Int
  var name: String
  var born: String?
}

struct Response {
  var status = "200 OK"
  var type = "application/json"
  var body: Data
}

let page = """
  <!doctype html><meta charset="utf-8"><title>People</title>
  <h1>People</h1><p id="count"></p><table><tbody id="rows"></tbody></table>
  <script>
    fetch("/people.json").then(reply => reply.json()).then(people => {
      for (const person of people) {
        const row = document.getElementById("rows").insertRow()
        for (const value of [person.id, person.name, person.born ?? ""]) row.insertCell().textContent = value
      }
      document.getElementById("count").textContent = people.length + " people"
    })
  </script>
  """

func respond(to path: String, _ db: MySQLClient) async -> Response {
  switch path {
  case "/": return Response(type: "text/html; charset=utf-8", body: Data(page.utf8))
  case "/people.json":
    do {
      // A request must not wait for the database for as long as the browser would.
      let query: MySQLQuery =
        "SELECT id, name, CAST(born AS CHAR) AS born FROM people ORDER BY id LIMIT \(1000)"
      let rows = try await db.query(query, timeout: .seconds(5)).collect()
      return Response(body: try JSONEncoder().encode(rows.map { try $0.decode(Person.self) }))
    } catch {
      // What failed is for the log, and not for the browser.
      FileHandle.standardError.write(Data("example-web: \(error)\n".utf8))
      return Response(status: "503 Service Unavailable", body: Data("[]".utf8))
    }
  default: return Response(status: "404 Not Found", type: "text/plain", body: Data("not found\n".utf8))
  }
}

/// Returns the path of a GET request, or nil if what came is none. Blocks.
func readRequest(_ client: Int32) -> String? {
  var limit = timeval(tv_sec: 5, tv_usec: 0)
  setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
  var request: [UInt8] = []
  var bytes = [UInt8](repeating: 0, count: 4096)
  while request.count < 16 << 10, !String(decoding: request, as: UTF8.self).contains("\r\n\r\n") {
    let count = recv(client, &bytes, bytes.count, 0)
    guard count > 0 else { return nil }
    request += bytes[..<count]
  }
  let words = String(decoding: request, as: UTF8.self).prefix { $0 != "\r\n" }.split(separator: " ")
  return words.count == 3 && words[0] == "GET" ? String(words[1]) : nil
}

func send(_ response: Response, to client: Int32) {
  let head =
    "HTTP/1.1 \(response.status)\r\nContent-Type: \(response.type)\r\n"
    + "Content-Length: \(response.body.count)\r\nConnection: close\r\n\r\n"
  var rest = (Data(head.utf8) + response.body)[...]
  while !rest.isEmpty {
    let count = rest.withUnsafeBytes { write(client, $0.baseAddress, $0.count) }
    guard count > 0 else { break }
    rest = rest.dropFirst(count)
  }
  close(client)
}

/// Listens on this machine only, and returns the socket and its port.
func listen(on port: UInt16) -> (socket: Int32, port: UInt16)? {
  let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = port.bigEndian
  address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
  var size = socklen_t(MemoryLayout<sockaddr_in>.size)
  let isBound = withUnsafeMutableBytes(of: &address) { bytes in
    let address = bytes.assumingMemoryBound(to: sockaddr.self).baseAddress
    return bind(listener, address, size) == 0 && getsockname(listener, address, &size) == 0
  }
  return isBound && listen(listener, 128) == 0 ? (listener, UInt16(bigEndian: address.sin_port)) : nil
}

guard CommandLine.arguments.count == 3, let port = UInt16(CommandLine.arguments[2]) else {
  print("usage: example-web URL PORT")
  exit(2)
}
signal(SIGPIPE, SIG_IGN)
let db = try MySQLClient(url: CommandLine.arguments[1])
guard let server = listen(on: port) else { throw POSIXError(.EADDRINUSE) }
FileHandle.standardOutput.write(Data("http://127.0.0.1:\(server.port)/\n".utf8))
// What blocks has threads of its own: the tasks that wait for the database need theirs.
let threads = DispatchQueue(label: "sockets", attributes: .concurrent)
while case let client = accept(server.socket, nil, nil), client >= 0 {
  threads.async { [db] in
    guard let path = readRequest(client) else {
      _ = close(client)
      return
    }
    Task {
      let response = await respond(to: path, db)
      threads.async { send(response, to: client) }
    }
  }
}
