"""A task of uq_bench as OpenTURNS or SciPy does it: peers.py PEER TASK. Prints one line of JSON: the
processor's seconds, without imports, and what was found. Each in the fastest way that was found."""

import json
import math
import sys
import time
import warnings

import numpy as np

ROWS = 2**20
SAMPLES = 10**7
LEVELS = [0.05, 0.5, 0.95]


def quality(points):
    """The criteria of Latin hypercubes: phi_50, and the squared centred L2 discrepancy."""
    from scipy.spatial.distance import pdist
    from scipy.stats import qmc

    points = np.array(points)
    distances = pdist(points)
    least = distances.min()
    return {
        "phi50": float(((distances / least) ** -50.0).sum() ** (1 / 50) / least),
        "CD2": float(qmc.discrepancy(points, method="CD")),
    }


def ishigami(x1, x2, x3):
    sine = np.sin(x1)
    other = np.sin(x2)
    square = x3 * x3
    return sine * (1.0 + 0.1 * square * square) + 7.0 * other * other


def indices(first, total):
    found = {f"S{i + 1}": float(value) for i, value in enumerate(first)}
    return found | {f"ST{i + 1}": float(value) for i, value in enumerate(total)}


# --- SciPy and NumPy: SciPy 1.10 has no sobol_indices(), so by hand, with its formulas (Saltelli 2010).


def scipy_sobol_indices():
    from scipy.stats import qmc

    x = np.ascontiguousarray(qmc.Sobol(6, seed=1).random(ROWS).T)  # a coordinate a row: faster from here
    x *= 2.0 * math.pi
    x -= math.pi
    a, b = x[:3], x[3:]
    at_a, at_b = ishigami(*a), ishigami(*b)
    variance = np.var([at_a, at_b])
    first, total = [], []
    for i in range(3):
        mixed = [a[0], a[1], a[2]]
        mixed[i] = b[i]
        at_mixed = ishigami(*mixed)
        first.append(np.mean(at_b * (at_mixed - at_a)) / variance)
        total.append(0.5 * np.mean((at_a - at_mixed) ** 2) / variance)
    return lambda: indices(first, total)


def scipy_monte_carlo():
    random = np.random.default_rng(1)
    force = random.normal(30.0, 3.0, SAMPLES)
    length = random.uniform(2.5, 2.6, SAMPLES)
    stiffness = random.normal(200.0, 10.0, SAMPLES)
    tip = force * length * length * length / (3.0 * stiffness)
    mean = tip.mean()
    distance = tip - mean  # by hand: scipy.stats.skew() and kurtosis() take three times as long
    square = distance * distance
    variance = square.mean()
    skewness = (square * distance).mean() / variance**1.5
    kurtosis = (square * square).mean() / variance**2 - 3.0
    quantiles = np.quantile(tip, LEVELS)
    return lambda: moments(mean, math.sqrt(variance * SAMPLES / (SAMPLES - 1)), skewness, kurtosis, quantiles)


def moments(mean, sd, skewness, kurtosis, quantiles):
    values = [mean, sd, skewness, kurtosis, *quantiles]
    return {name: float(value) for name, value in zip(["mean", "sd", "skewness", "kurtosis", "q05", "q50", "q95"], values)}


def scipy_sequence(scramble):
    from scipy.stats import qmc

    points = qmc.Sobol(10, scramble=scramble, seed=1).random(SAMPLES)
    return lambda: {"mean of x10": float(points[:, 9].mean())}


def scipy_lhs():
    from scipy.stats import qmc

    points = qmc.LatinHypercube(10, optimization="random-cd", seed=1).random(100)
    return lambda: quality(points)


# --- OpenTURNS.


def openturns():
    import openturns

    openturns.TBB.Disable()  # one core
    openturns.RandomGenerator.SetSeed(1)
    return openturns


def openturns_sobol_indices(ot):
    inputs = ot.ComposedDistribution([ot.Uniform(-math.pi, math.pi)] * 3)
    function = ot.SymbolicFunction(["a", "b", "c"], ["sin(a) + 7 * sin(b)^2 + 0.1 * c^4 * sin(a)"])
    ot.ResourceMap.SetAsString("SobolIndicesExperiment-SamplingMethod", "QMC")
    design = ot.SobolIndicesExperiment(inputs, ROWS, False).generate()
    algorithm = ot.SaltelliSensitivityAlgorithm(design, function(design), ROWS)
    first, total = algorithm.getFirstOrderIndices(), algorithm.getTotalOrderIndices()
    return lambda: indices(first, total)


def openturns_monte_carlo(ot):
    inputs = ot.ComposedDistribution([ot.Normal(30.0, 3.0), ot.Uniform(2.5, 2.6), ot.Normal(200.0, 10.0)])

    def deflection(points):
        points = np.asarray(points)
        return (points[:, 0] * points[:, 1] ** 3 / (3.0 * points[:, 2]))[:, None]

    tip = ot.PythonFunction(3, 1, func_sample=deflection)(inputs.getSample(SAMPLES))
    numbers = (
        tip.computeMean()[0],
        tip.computeStandardDeviation()[0],
        tip.computeSkewness()[0],
        tip.computeKurtosis()[0] - 3.0,
        [quantile[0] for quantile in tip.computeQuantilePerComponent(LEVELS)],
    )
    return lambda: moments(*numbers)


def openturns_sequence(ot):
    points = ot.SobolSequence(10).generate(SAMPLES)
    return lambda: {"mean of x10": points.getMarginal(9).computeMean()[0]}


def openturns_lhs(ot, criterion, steps):
    uniform = ot.ComposedDistribution([ot.Uniform(0.0, 1.0)] * 10)
    design = ot.LHSExperiment(uniform, 100, False, True)
    # Its default, cooling by 0.95 over 2000 steps, ends at a worse design than 20 000 slower ones.
    profile = ot.GeometricProfile(10.0, 0.999, steps)
    points = ot.SimulatedAnnealingLHS(design, criterion(ot), profile).generate()
    return lambda: quality(points)


def phi(ot):
    return ot.SpaceFillingPhiP(50)


def c2(ot):
    return ot.SpaceFillingC2()


TASKS = {
    ("scipy", "sobol-indices"): scipy_sobol_indices,
    ("scipy", "monte-carlo"): scipy_monte_carlo,
    ("scipy", "sobol-sequence-plain"): lambda: scipy_sequence(False),
    ("scipy", "sobol-sequence-linear"): lambda: scipy_sequence(True),
    ("scipy", "lhs-discrepancy"): scipy_lhs,
    ("openturns", "sobol-indices"): openturns_sobol_indices,
    ("openturns", "monte-carlo"): openturns_monte_carlo,
    ("openturns", "sobol-sequence-plain"): openturns_sequence,
    ("openturns", "lhs-maximin"): lambda ot: openturns_lhs(ot, phi, 20000),
    ("openturns", "lhs-discrepancy"): lambda ot: openturns_lhs(ot, c2, 20000),
}


def main():
    warnings.simplefilter("ignore")
    peer, task = sys.argv[1:3]
    run = TASKS[(peer, task)]
    import scipy.spatial.distance  # noqa: F401  not to be timed
    import scipy.stats  # noqa: F401

    arguments = [openturns()] if peer == "openturns" else []
    before = time.process_time()
    findings = run(*arguments)
    seconds = time.process_time() - before
    print(json.dumps({"seconds": seconds} | findings()))


if __name__ == "__main__":
    main()
