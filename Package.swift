// swift-tools-version: 6.3
import PackageDescription

// Eight floats at once, where the processor can: AVX2 came in 2013. Roots too, since they need not set errno.
#if arch(x86_64)
  let eightAtOnce: [SwiftSetting] = [
    .unsafeFlags(
      ["-mavx2", "-mfma", "-fno-math-errno"].flatMap { ["-Xcc", $0] },
      .when(configuration: .release))
  ]
#else
  let eightAtOnce: [SwiftSetting] = []
#endif

let package = Package(
  name: "lectern",
  products: [
    .library(name: "LessonKit", type: .dynamic, targets: ["LessonKit"]),
    .executable(name: "lectern", targets: ["lectern"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
    .package(url: "https://github.com/attaswift/BigInt", from: "6.0.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // MARK: - C libraries, each imported by exactly one module
    .systemLibrary(name: "CGSL", pkgConfig: "gsl", providers: [.apt(["libgsl-dev"])]),
    .systemLibrary(
      name: "CPLplot", pkgConfig: "plplot",
      providers: [.apt(["libplplot-dev", "plplot-driver-cairo"])]),
    .systemLibrary(name: "CXXHash", pkgConfig: "libxxhash", providers: [.apt(["libxxhash-dev"])]),
    .systemLibrary(name: "COpenBLAS", providers: [.apt(["libopenblas-dev"])]),

    // MARK: - Mathematics
    .target(name: "GSL", dependencies: ["CGSL", .numerics]),
    .target(name: "Distributions", dependencies: ["GSL", .bigInt, .numerics]),
    .target(name: "Divergences", dependencies: ["Distributions", "GSL", .bigInt, .numerics]),

    .target(
      name: "RejectionSampling",
      dependencies: ["Distributions", "Divergences", "GSL", .bigInt, .numerics]),
    .target(
      name: "Claims",
      dependencies: [
        "Distributions", "Divergences", "GSL", "RejectionSampling", .bigInt, .numerics,
      ]),

    // MARK: - Models
    .target(
      name: "NeuralNetworks", dependencies: ["COpenBLAS", .numerics],
      swiftSettings: eightAtOnce),
    .target(
      name: "GenerativeModels",
      dependencies: ["Distributions", "Divergences", "GSL", "NeuralNetworks", .numerics]),
    .target(name: "Metrics", dependencies: ["Distributions", "Divergences", "GSL", .numerics]),

    // MARK: - Lessons
    .target(name: "Plotting", dependencies: ["CPLplot", .numerics]),
    .target(name: "LessonWire", dependencies: ["CXXHash"]),
    .target(
      name: "LessonKit",
      dependencies: [
        "Claims", "Distributions", "Divergences", "GSL", "GenerativeModels", "LessonWire",
        "Metrics", "NeuralNetworks", "Plotting", "RejectionSampling", .numerics,
      ]),
    .target(
      name: "Literate",
      dependencies: ["LessonWire", .product(name: "Yams", package: "Yams")]),
    .executableTarget(
      name: "lectern",
      dependencies: [
        "Claims", "Distributions", "LessonWire", "Literate",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // MARK: - Tests
    .target(
      name: "TestSupport", dependencies: ["Claims", "Distributions", .numerics],
      path: "Tests/TestSupport"),
    .executableTarget(
      name: "curve-benchmarks", dependencies: ["Distributions", "Divergences", "GSL", .numerics],
      path: "Tests/Benchmarks/Curves"),
    .executableTarget(
      name: "training-benchmarks", dependencies: ["Distributions", "GenerativeModels"],
      path: "Tests/Benchmarks/Training"),
    .executableTarget(
      name: "held-out-seeds",
      dependencies: ["Distributions", "GSL", "GenerativeModels", "Metrics", "NeuralNetworks"],
      path: "Tests/Benchmarks/HeldOut"),
    .executableTarget(
      name: "rejection-benchmarks",
      dependencies: ["Distributions", "Divergences", "GSL", "RejectionSampling", .numerics],
      path: "Tests/Benchmarks/Rejection"),
    .testTarget(name: "GSLTests", dependencies: ["GSL", "TestSupport", .numerics]),
    .testTarget(
      name: "DistributionsTests",
      dependencies: ["Distributions", "GSL", "TestSupport", .bigInt, .numerics]),
    .testTarget(
      name: "DivergencesTests",
      dependencies: ["Distributions", "Divergences", "GSL", "TestSupport", .bigInt, .numerics],
      resources: [.copy("Reference")]),
    .testTarget(
      name: "RejectionSamplingTests",
      dependencies: [
        "Distributions", "Divergences", "GSL", "RejectionSampling", "TestSupport", .numerics,
      ],
      resources: [.copy("Reference")]),
    .testTarget(
      name: "ClaimsTests",
      dependencies: ["Claims", "Distributions", "Divergences", "GSL", "TestSupport", .numerics]),
    .testTarget(name: "NeuralNetworksTests", dependencies: ["NeuralNetworks", .numerics]),
    .testTarget(
      name: "GenerativeModelsTests",
      dependencies: [
        "Distributions", "Divergences", "GSL", "GenerativeModels", "NeuralNetworks", .numerics,
      ]),
    .testTarget(
      name: "MetricsTests",
      dependencies: ["Distributions", "Divergences", "GSL", "Metrics", .numerics]),
    .testTarget(name: "PlottingTests", dependencies: ["Plotting", "TestSupport"]),
    .testTarget(name: "LessonWireTests", dependencies: ["LessonWire"]),
    .testTarget(
      name: "LessonKitTests",
      dependencies: [
        "LessonKit", "LessonWire", "Distributions", "Divergences", "GenerativeModels", "Plotting",
      ]),
    .testTarget(name: "LiterateTests", dependencies: ["Literate", "LessonWire"]),
    .testTarget(name: "LecternTests", dependencies: ["lectern", "Literate", "LessonWire"]),
  ]
)

extension Target.Dependency {
  static var bigInt: Self { .product(name: "BigInt", package: "BigInt") }
  static var numerics: Self { .product(name: "RealModule", package: "swift-numerics") }
}

for target in package.targets where target.type != .system {
  target.swiftSettings =
    (target.swiftSettings ?? []) + [
      .enableUpcomingFeature("ExistentialAny"),
      .enableUpcomingFeature("InternalImportsByDefault"),
      .enableUpcomingFeature("MemberImportVisibility"),
      .treatAllWarnings(as: .error),
    ]
}
