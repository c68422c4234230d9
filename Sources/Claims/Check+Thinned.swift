extension Check {
  /// The check on one instance in `factor`, but at least ten: for properties that cost an integral each.
  func thinned(by factor: Int) -> Check {
    var check = self
    check.run = { [run] conditions in
      var fewer = conditions
      fewer.instances = min(conditions.instances, max(10, conditions.instances / factor))
      return try run(fewer)
    }
    return check
  }
}
