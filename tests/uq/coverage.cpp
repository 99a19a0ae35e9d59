// How often intervals of 95 % hold the truth: `uq_coverage SEEDS` prints a table and exits with 1 when
// one does so too seldom or too often. 1000 seeds take a minute; CTest runs 100.

#include "coverage.hpp"

#include "mystic/uq/evaluate_points.hpp"
#include "mystic/uq/exceedance.hpp"
#include "mystic/uq/moments.hpp"
#include "mystic/uq/monte_carlo.hpp"
#include "mystic/uq/sobol_indices.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace mystic::coverage {
namespace {

constexpr Index sample = 1000;
// Few, for those that cover too often: the fewer, the more so.
constexpr Index small_sample = 50;
constexpr Index rows = 1000;
constexpr Index replicates = 200;

void count_statistics(const Subject& subject, std::uint64_t seed, Counts& counts) {
  const Points points =
      subject.inputs.from_unit(monte_carlo_points(subject.inputs.dimension(), sample, {.seed = seed}));
  const Vector values =
      evaluate_points(subject.model, subject.inputs.names(), points).outputs.row(0).transpose();
  const auto count = [&](const char* what, Index n, const Interval& interval, double truth,
                         bool at_least = false) {
    counts.add(fmt::format("{:<12}{}", subject.name, what), n, interval.contains(truth), at_least);
  };
  Moments moments;
  moments.add(values);
  count("mean, Student", sample, moments.mean_within().interval, subject.mean);
  count("standard deviation", sample, moments.sd_within().interval, subject.sd);
  const SortedSample sorted(values);
  count("P[y > t], Wilson", sample, exceedance(sorted, subject.threshold).probability.interval,
        subject.exceedance);
  const SortedSample few(values.head(small_sample));
  count("P[y > t], Clopper & Pearson", small_sample, exceedance(few, subject.threshold).surely,
        subject.exceedance, true);
  count("quantile, order statistics", small_sample, quantile_within(few, subject.quantile_of).interval,
        subject.quantile, true);
}

void count_indices(const Subject& subject, const SobolStudyOptions& options, Counts& counts) {
  const SobolStudy study = sobol_indices(subject.model, subject.inputs, options);
  const std::string how =
      options.estimates.estimator + (options.estimates.bootstrap > 0 ? ", bootstrap" : "");
  for (Index i = 0; i < subject.inputs.dimension(); ++i) {
    const SobolIndex& index = study.outputs[0].indices.inputs[static_cast<std::size_t>(i)];
    // Inputs that are alike count together.
    const bool is_like_next =
        i + 1 < subject.inputs.dimension() && subject.total[i] == subject.total[i + 1];
    const bool is_like_last = i > 0 && subject.total[i] == subject.total[i - 1];
    const std::string input = is_like_next || is_like_last ? "alike" : fmt::format("x{}", i + 1);
    const auto line = [&](const char* order) {
      return fmt::format("{:<12}{} of {}, {}", subject.name, order, input, how);
    };
    counts.add(line("S1"), rows, index.first.interval.contains(subject.first[i]));
    counts.add(line("ST"), rows, index.total.interval.contains(subject.total[i]));
  }
}

bool covers(Index seeds) {
  Counts counts;
  for (const Subject& subject : {ishigami(), g_function()}) {
    for (Index seed = 0; seed < seeds; ++seed) {
      SobolStudyOptions options{.samples = rows, .design = "monte-carlo"};
      options.seed = static_cast<std::uint64_t>(seed);
      count_statistics(subject, options.seed, counts);
      for (const char* estimator : {"saltelli", "jansen", "martinez", "mauntz-kucherenko"}) {
        options.estimates = {.estimator = estimator};
        count_indices(subject, options, counts);
      }
      options.estimates = {.estimator = "jansen", .bootstrap = replicates, .seed = options.seed};
      count_indices(subject, options, counts);
    }
  }
  return counts.report(seeds);
}

}  // namespace

void Counts::add(const std::string& kind, Index n, bool held, bool at_least) {
  const auto [place, is_new] = line_of_.try_emplace(kind, lines_.size());
  if (is_new) lines_.push_back({kind, n, at_least, 0, 0});
  Line& line = lines_[place->second];
  line.held += held ? 1 : 0;
  ++line.counted;
}

bool Counts::report(Index seeds) const {
  constexpr double level = 0.95;
  bool all_within = true;
  fmt::print("{:<56}{:>6} {:>8}  band\n", "95 % interval of", "n", "covers");
  for (const Line& line : lines_) {
    // Inputs that are alike count more than once for each seed, but may err together.
    const double chance =
        normal_width(0.9999) * std::sqrt(level * (1.0 - level) / static_cast<double>(seeds));
    const double slack = seeds < 1000 ? chance : 0.02;
    const double least = line.at_least && seeds >= 1000 ? level : level - slack;
    const double most = line.at_least ? 1.0 : std::min(level + slack, 1.0);
    const double share = static_cast<double>(line.held) / static_cast<double>(line.counted);
    const bool is_within = least <= share && share <= most;
    all_within = all_within && is_within;
    fmt::print("{:<56}{:>6} {:>6.1f} %  {:.1f} to {:.1f} %{}\n", line.kind, line.n, 100.0 * share,
               100.0 * least, 100.0 * most, is_within ? "" : "  <- outside");
  }
  return all_within;
}

}  // namespace mystic::coverage

int main(int argc, char** argv) {
  const auto seeds = argc == 2 ? static_cast<mystic::Index>(std::atoll(argv[1])) : 0;
  if (seeds < 1) {
    fmt::print(stderr, "usage: uq_coverage SEEDS    (1000 for the full table)\n");
    return 2;
  }
  return mystic::coverage::covers(seeds) ? 0 : 1;
}
