extension Figure {
  /// The figure in another size, in inches; one side alone changes the other in proportion.
  public func sized(width: Double? = nil, height: Double? = nil) -> Figure {
    var copy = self
    copy.width = width ?? height.map { self.width * $0 / self.height } ?? self.width
    copy.height = height ?? width.map { self.height * $0 / self.width } ?? self.height
    return copy
  }
}
