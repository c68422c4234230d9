// What a lesson imports: the mathematics, the figures, and the calls that show and check things.
@_exported public import Claims
@_exported public import Distributions
@_exported public import Divergences
@_exported public import GSL
@_exported public import GenerativeModels
@_exported public import Glibc
@_exported public import Metrics
@_exported public import NeuralNetworks
@_exported public import Plotting
@_exported public import RejectionSampling
public import LessonWire

/// How a verdict was reached.
public typealias Evidence = LessonWire.Evidence
