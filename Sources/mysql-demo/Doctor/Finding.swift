/// Something about several servers that the doctor reports.
struct Finding: Equatable, Sendable {
  var severity: Severity
  /// The server that it concerns; nil if it concerns how they fit together.
  var place: String?
  var problem: String
  var advice: [Diagnosis.Advice]

  enum Severity: String {
    case wrong = "WRONG"
    /// Worth knowing, and not an error.
    case remark = "remark"
  }

  init(
    _ severity: Severity, at place: String? = nil, _ problem: String, _ advice: (Diagnosis.Machine, String)...
  ) {
    self.severity = severity
    self.place = place
    self.problem = problem
    self.advice = advice.map { Diagnosis.Advice(machine: $0.0, text: $0.1) }
  }
}
