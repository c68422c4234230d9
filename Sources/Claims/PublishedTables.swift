/// A table of measured values from the decks: FID, precision and recall of one generator on one data set.
public struct PublishedTable: Sendable {
  /// What distinguishes a row.
  public enum Method: Sendable, Hashable {
    /// The model without any change.
    case baseline
    /// Trained or tuned for the PR-divergence of this lambda.
    case lambda(Double)
    /// Latent points drawn with standard deviation psi.
    case softTruncation(Double)
    /// Latent points redrawn until each coordinate is below psi.
    case hardTruncation(Double)
    /// Optimal budgeted rejection sampling that keeps this share 1/K of the samples.
    case acceptanceRate(Double)

    /// The lambda of a PR-divergence row.
    public var lambda: Double? {
      if case .lambda(let value) = self { value } else { nil }
    }

    /// Whether the row is a truncation of the baseline.
    public var isTruncation: Bool {
      switch self {
      case .softTruncation, .hardTruncation: true
      case .baseline, .lambda, .acceptanceRate: false
      }
    }
  }

  /// The three values of a method, as printed; precision and recall in percent.
  public struct Row: Sendable, Hashable {
    /// What was done.
    public let method: Method
    /// The Fréchet Inception Distance: lower is better.
    public let fid: Double
    /// The k-nearest-neighbour precision in percent.
    public let precision: Double
    /// The k-nearest-neighbour recall in percent.
    public let recall: Double
  }

  /// The data set, e.g. "CIFAR-10".
  public let dataSet: String
  /// The size of its images in pixels.
  public let resolution: String?
  /// The generator.
  public let model: String
  /// Deck and slide; the numbers of both decks agree.
  public let source: String
  /// One entry a printed row; nil where all three cells are "-".
  public let printedRows: [(method: Method, row: Row?)]

  /// The rows that have values.
  public var rows: [Row] { printedRows.compactMap(\.row) }

  /// The rows of the PR-divergence by increasing lambda.
  public var lambdaRows: [(lambda: Double, row: Row)] {
    rows.compactMap { row in row.method.lambda.map { ($0, row) } }
  }

  /// The rows of truncated sampling.
  public var truncationRows: [Row] { rows.filter(\.method.isTruncation) }

  /// A table whose cells are FID, precision and recall.
  private init(
    _ dataSet: String, resolution: String? = nil, model: String, source: String,
    _ cells: KeyValuePairs<Method, (Double, Double, Double)?>
  ) {
    self.dataSet = dataSet
    self.resolution = resolution
    self.model = model
    self.source = source
    printedRows = cells.map { method, values in
      (method, values.map { Row(method: method, fid: $0.0, precision: $0.1, recall: $0.2) })
    }
  }
}

extension PublishedTable {
  private static let training =
    "2024 and 2025 decks, slide Optimizing the PR-divergence with our approach: Training GANs"
  private static let tuning =
    "2024 and 2025 decks, slide Optimizing the PR-divergence with our approach: Fine-tuning GANs"

  /// The four tables that vary lambda.
  public static let all = [cifar10, celebA, imageNet, ffhq]

  /// BigGAN trained on CIFAR-10.
  public static let cifar10 = PublishedTable(
    "CIFAR-10", resolution: "32 × 32", model: "BigGAN", source: training,
    [
      .baseline: (13.37, 86.51, 65.66),
      .lambda(0.05): (13.29, 81.10, 70.63),
      .lambda(0.1): (11.62, 81.78, 74.58),
      .lambda(0.2): (13.36, 84.85, 65.13),
      .lambda(0.5): (14.50, 83.27, 68.23),
      .lambda(1): (14.03, 83.04, 69.35),
      .lambda(2): (16.94, 84.93, 59.79),
      .lambda(5): (32.54, 83.39, 56.94),
      .lambda(10): (39.69, 84.11, 39.29),
      .lambda(20): (67.03, 90.03, 21.81),
    ])

  /// BigGAN trained on CelebA.
  public static let celebA = PublishedTable(
    "CelebA", resolution: "64 × 64", model: "BigGAN", source: training,
    [
      .baseline: (9.16, 78.41, 51.42),
      .lambda(0.05): nil,
      .lambda(0.1): nil,
      .lambda(0.2): (8.79, 83.37, 44.07),
      .lambda(0.5): (6.03, 77.60, 55.98),
      .lambda(1): (13.07, 81.70, 36.85),
      .lambda(2): (14.23, 82.98, 32.87),
      .lambda(5): (22.45, 83.96, 25.81),
      .lambda(10): nil,
      .lambda(20): nil,
    ])

  /// BigGAN fine-tuned on ImageNet, with truncation.
  public static let imageNet = PublishedTable(
    "ImageNet", resolution: "128 × 128", model: "BigGAN", source: tuning,
    [
      .baseline: (9.83, 28.04, 41.21),
      .softTruncation(0.7): (11.39, 23.04, 31.13),
      .softTruncation(0.5): (15.49, 20.20, 19.83),
      .hardTruncation(2): (9.69, 25.83, 39.89),
      .hardTruncation(1): (12.12, 21.86, 35.42),
      .hardTruncation(0.5): (15.21, 21.13, 29.55),
      .lambda(0.2): (9.92, 26.69, 42.04),
      .lambda(0.5): (10.82, 26.83, 42.38),
      .lambda(1): (20.42, 29.72, 28.21),
      .lambda(2): (20.21, 30.27, 30.49),
      .lambda(5): (20.76, 30.87, 28.38),
    ])

  /// BigGAN fine-tuned on FFHQ, with truncation.
  public static let ffhq = PublishedTable(
    "FFHQ", resolution: "256 × 256", model: "BigGAN", source: tuning,
    [
      .baseline: (41.41, 65.57, 10.17),
      .softTruncation(0.7): (56.43, 76.59, 4.87),
      .softTruncation(0.5): (82.05, 84.48, 1.58),
      .hardTruncation(2): (43.32, 68.84, 8.66),
      .hardTruncation(1): (56.19, 76.44, 4.76),
      .hardTruncation(0.5): (71.32, 80.99, 4.84),
      .lambda(0.2): (35.66, 78.70, 9.45),
      .lambda(0.5): (35.24, 78.41, 9.66),
      .lambda(1): (35.91, 78.95, 8.32),
      .lambda(2): (36.33, 81.10, 8.69),
      .lambda(5): (38.16, 84.31, 8.52),
    ])

  /// Optimal budgeted rejection sampling of a diffusion model on CIFAR-10.
  ///
  /// The scan of the 2025 deck runs the precisions of rows 1/2 and 3/4 together; these are the 2024 deck's. The slide's
  /// other panel, a GAN on CelebA, is a picture: its numbers are not in the text of either deck.
  public static let budgetedRejection = PublishedTable(
    "CIFAR-10", model: "diffusion model with OBRS",
    source: "2024 and 2025 decks, slide Improving precision and recall: In practice",
    [
      .acceptanceRate(0.25): (1.57, 78.48, 86.73),
      .acceptanceRate(0.5): (1.58, 78.23, 86.05),
      .acceptanceRate(0.75): (1.77, 77.94, 86.54),
      .acceptanceRate(1): (1.97, 77.91, 86.62),
    ])
}
