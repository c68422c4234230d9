/// A function of one number that the caller wrote: equal to itself only.
final class PointwiseFunction: Hashable, Sendable {
  let apply: @Sendable (Float) -> Float

  init(_ apply: @escaping @Sendable (Float) -> Float) { self.apply = apply }

  static func == (left: PointwiseFunction, right: PointwiseFunction) -> Bool { left === right }

  func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
