/// A k-d tree over points of the plane, for exact queries: a subtree is skipped only when its rectangle is too far in the
/// same rounded arithmetic in which the distances of its points are computed, and rounding keeps their order.
struct PointTree {
  /// A rectangle with the points `start..<end`; a leaf has no second child.
  struct Node {
    var low, high: SIMD2<Double>
    var start, end: Int32
    /// The first child follows its parent.
    var second: Int32
    /// The largest squared radius of the balls around its points.
    var radius = 0.0

    /// The squared distance of the rectangle from a point.
    @inline(__always)
    func distance(_ x: SIMD2<Double>) -> Double {
      squaredLength(pointwiseMax(pointwiseMax(low - x, x - high), .zero))
    }
  }

  /// The points in the tree's order.
  private(set) var points: [SIMD2<Double>]
  private var nodes: [Node] = []
  /// The squared radii of the balls around the points, in the tree's order.
  private var radii: [Double] = []

  private static let leafSize = 8

  init(_ samples: [SIMD2<Double>]) {
    points = samples
    nodes.reserveCapacity(samples.count / 2)
    points.withUnsafeMutableBufferPointer { Self.build($0, 0, $0.count, &nodes) }
  }

  private static func build(
    _ points: UnsafeMutableBufferPointer<SIMD2<Double>>, _ start: Int, _ end: Int,
    _ nodes: inout [Node]
  ) {
    var (low, high) = (points[start], points[start])
    for index in start..<end {
      low = pointwiseMin(low, points[index])
      high = pointwiseMax(high, points[index])
    }
    let place = nodes.count
    nodes.append(Node(low: low, high: high, start: Int32(start), end: Int32(end), second: 0))
    guard end - start > leafSize else { return }
    let middle = (start + end) / 2
    let size = high - low
    select(points, start, end, middle, axis: size.x >= size.y ? 0 : 1)
    build(points, start, middle, &nodes)
    nodes[place].second = Int32(nodes.count)
    build(points, middle, end, &nodes)
  }

  /// Hoare's selection: afterwards none before `middle` is larger along the axis, and none after it smaller.
  private static func select(
    _ points: UnsafeMutableBufferPointer<SIMD2<Double>>, _ start: Int, _ end: Int, _ middle: Int,
    axis: Int
  ) {
    var (first, last) = (start, end - 1)
    while first < last {
      let (a, b, c) = (points[first][axis], points[(first + last) / 2][axis], points[last][axis])
      let pivot = max(min(a, b), min(max(a, b), c))
      var (i, j) = (first, last)
      while i <= j {
        while points[i][axis] < pivot { i += 1 }
        while points[j][axis] > pivot { j -= 1 }
        if i <= j {
          points.swapAt(i, j)
          i += 1
          j -= 1
        }
      }
      if middle <= j { last = j } else if middle >= i { first = i } else { return }
    }
  }

  /// Gives each point the ball that reaches to its k-th nearest other point; `k` is less than the number of points.
  mutating func setBalls(nearest k: Int) {
    radii = withBuffers { points, nodes, _ in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: k) { nearest in
        points.indices.map { squaredDistance($0, nearest, points, nodes) }
      }
    }
    for place in nodes.indices.reversed() {
      nodes[place].radius =
        nodes[place].second == 0
        ? radii[Int(nodes[place].start)..<Int(nodes[place].end)].max() ?? 0
        : max(nodes[place + 1].radius, nodes[Int(nodes[place].second)].radius)
    }
  }

  /// The squared distance of a point from its k-th nearest other, with `k = nearest.count`.
  private func squaredDistance(
    _ index: Int, _ nearest: UnsafeMutableBufferPointer<Double>,
    _ points: UnsafeBufferPointer<SIMD2<Double>>, _ nodes: UnsafeBufferPointer<Node>
  ) -> Double {
    let (x, last) = (points[index], nearest.count - 1)
    nearest.initialize(repeating: .infinity)
    func search(_ place: Int) {
      let node = nodes[place]
      guard node.second == 0 else {
        let (first, second) = (place + 1, Int(node.second))
        let (near, far) = (nodes[first].distance(x), nodes[second].distance(x))
        let firstIsNearer = near <= far
        if min(near, far) < nearest[last] { search(firstIsNearer ? first : second) }
        if max(near, far) < nearest[last] { search(firstIsNearer ? second : first) }
        return
      }
      for other in Int(node.start)..<Int(node.end) where other != index {
        let distance = squaredLength(points[other] - x)
        guard distance < nearest[last] else { continue }
        var place = last
        while place > 0, nearest[place - 1] > distance {
          nearest[place] = nearest[place - 1]
          place -= 1
        }
        nearest[place] = distance
      }
    }
    search(0)
    return nearest[last]
  }

  /// The number of balls that contain each of `queries`.
  func ballCounts(at queries: [SIMD2<Double>], _ ball: BallBoundary) -> [Int] {
    withBuffers { points, nodes, radii in
      queries.map { x in
        var count = 0
        func search(_ place: Int) {
          let node = nodes[place]
          guard ball.contains(node.distance(x), radius: node.radius) else { return }
          guard node.second == 0 else {
            search(place + 1)
            search(Int(node.second))
            return
          }
          for index in Int(node.start)..<Int(node.end)
          where ball.contains(squaredLength(points[index] - x), radius: radii[index]) {
            count += 1
          }
        }
        search(0)
        return count
      }
    }
  }

  /// The number of `queries` that are in at least one ball.
  func coveredCount(of queries: [SIMD2<Double>], _ ball: BallBoundary) -> Int {
    withBuffers { points, nodes, radii in
      queries.count { x in
        func search(_ place: Int) -> Bool {
          let node = nodes[place]
          guard ball.contains(node.distance(x), radius: node.radius) else { return false }
          guard node.second == 0 else { return search(place + 1) || search(Int(node.second)) }
          return (Int(node.start)..<Int(node.end)).contains {
            ball.contains(squaredLength(points[$0] - x), radius: radii[$0])
          }
        }
        return search(0)
      }
    }
  }

  /// The number of balls that contain at least one point of `others`.
  func occupiedCount(by others: PointTree, _ ball: BallBoundary) -> Int {
    others.withBuffers { points, nodes, _ in
      self.points.indices.count { index in
        let (x, radius) = (self.points[index], radii[index])
        func search(_ place: Int) -> Bool {
          let node = nodes[place]
          guard ball.contains(node.distance(x), radius: radius) else { return false }
          guard node.second == 0 else { return search(place + 1) || search(Int(node.second)) }
          return (Int(node.start)..<Int(node.end)).contains {
            ball.contains(squaredLength(points[$0] - x), radius: radius)
          }
        }
        return search(0)
      }
    }
  }

  private func withBuffers<Result>(
    _ body: (
      UnsafeBufferPointer<SIMD2<Double>>, UnsafeBufferPointer<Node>, UnsafeBufferPointer<Double>
    ) -> Result
  ) -> Result {
    points.withUnsafeBufferPointer { points in
      nodes.withUnsafeBufferPointer { nodes in
        radii.withUnsafeBufferPointer { body(points, nodes, $0) }
      }
    }
  }
}

/// `x^2 + y^2`.
@inline(__always)
func squaredLength(_ d: SIMD2<Double>) -> Double { d.x * d.x + d.y * d.y }
