/// What a load test does.
struct LoadPlan {
  /// The pool's size, if the command line gives it.
  var connections: Int?
  var tasks = 16
  var seconds = 5
}
