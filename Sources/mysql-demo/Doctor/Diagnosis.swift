/// What is wrong, and what to do about it, on which machine.
struct Diagnosis: Error, Equatable {
  var problem: String
  var advice: [Advice]

  struct Advice: Equatable {
    var machine: Machine
    var text: String
  }

  enum Machine: String {
    case here = "on this machine"
    case server = "on the server"
    case between = "in the network"
  }

  init(_ problem: String, _ advice: (Machine, String)...) {
    self.problem = problem
    self.advice = advice.map { Advice(machine: $0.0, text: $0.1) }
  }
}
