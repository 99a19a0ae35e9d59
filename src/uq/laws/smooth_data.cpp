#include "mystic/uq/laws/smooth_data.hpp"

#include "central_moments.hpp"
#include "inversion.hpp"
#include "rules.hpp"
#include "standard_normal.hpp"

#include <algorithm>
#include <utility>

namespace mystic::laws {

namespace {

class HistogramBody final : public LawBody {
 public:
  explicit HistogramBody(const Histogram& law);

  [[nodiscard]] double pdf(double x) const override {
    if (x < edges_.front() || x > edges_.back()) return 0.0;
    const std::size_t bin = bin_of(x);
    return masses_[bin] / (edges_[bin + 1] - edges_[bin]);
  }
  [[nodiscard]] double cdf(double x) const override {
    if (x <= edges_.front()) return 0.0;
    if (x >= edges_.back()) return 1.0;
    const std::size_t bin = bin_of(x);
    return below_[bin] + masses_[bin] * ((x - edges_[bin]) / (edges_[bin + 1] - edges_[bin]));
  }
  [[nodiscard]] double survival(double x) const override {
    if (x <= edges_.front()) return 1.0;
    if (x >= edges_.back()) return 0.0;
    const std::size_t bin = bin_of(x);
    return above_[bin + 1] + masses_[bin] * ((edges_[bin + 1] - x) / (edges_[bin + 1] - edges_[bin]));
  }
  [[nodiscard]] double quantile(double p) const override {
    if (p > 0.5) return upper_quantile(1.0 - p);
    // The first bin at whose end the mass is p or more.
    const auto found = std::lower_bound(below_.begin() + 1, below_.end(), p);
    const auto bin = static_cast<std::size_t>(found - below_.begin()) - 1;
    const double share = std::min((p - below_[bin]) / masses_[bin], 1.0);
    return edges_[bin] + share * (edges_[bin + 1] - edges_[bin]);
  }
  [[nodiscard]] double upper_quantile(double q) const override {
    if (q > 0.5) return quantile(1.0 - q);
    // The first bin beyond which the mass is q or less.
    const auto found =
        std::partition_point(above_.begin() + 1, above_.end(), [q](double mass) { return mass > q; });
    const auto bin = static_cast<std::size_t>(found - above_.begin()) - 1;
    const double share = std::min((q - above_[bin + 1]) / masses_[bin], 1.0);
    return edges_[bin + 1] - share * (edges_[bin + 1] - edges_[bin]);
  }
  [[nodiscard]] Support support() const override {
    return {.lower = edges_.front(), .upper = edges_.back()};
  }
  [[nodiscard]] LawMoments moments() const override {
    std::vector<Part> parts;
    for (std::size_t bin = 0; bin < masses_.size(); ++bin) {
      const double half = 0.5 * (edges_[bin + 1] - edges_[bin]);
      parts.push_back({.weight = masses_[bin],
                       .mean = edges_[bin] + half,
                       .second = half * half / 3.0,
                       .third = 0.0,
                       .fourth = half * half * half * half / 5.0});
    }
    return mixed_moments(parts);
  }
  [[nodiscard]] std::string text() const override {
    return fmt::format("{}({} bins from {} to {})", Histogram::title, masses_.size(), edges_.front(),
                       edges_.back());
  }

 private:
  /// x is between the first edge and the last; an edge belongs to the bin above it, the last to the
  /// last.
  [[nodiscard]] std::size_t bin_of(double x) const {
    const auto found = std::upper_bound(edges_.begin(), edges_.end() - 1, x);
    return static_cast<std::size_t>(found - edges_.begin()) - 1;
  }

  std::vector<double> edges_;
  std::vector<double> masses_;
  std::vector<double> below_;  ///< mass below each edge
  std::vector<double> above_;  ///< mass above each edge
};

HistogramBody::HistogramBody(const Histogram& law) {
  // Empty bins at the ends are not in the support.
  std::size_t first = 0;
  std::size_t last = law.weights.size();
  while (!(law.weights[first] > 0.0)) ++first;
  while (!(law.weights[last - 1] > 0.0)) --last;
  long double total = 0.0L;
  for (std::size_t bin = first; bin < last; ++bin) total += law.weights[bin];
  edges_.push_back(law.edges[first]);
  below_.push_back(0.0);
  long double sum = 0.0L;
  for (std::size_t bin = first; bin < last; ++bin) {
    sum += law.weights[bin];
    edges_.push_back(law.edges[bin + 1]);
    masses_.push_back(static_cast<double>(law.weights[bin] / total));
    below_.push_back(static_cast<double>(sum / total));
  }
  above_.resize(below_.size());
  sum = 0.0L;
  for (std::size_t bin = last; bin > first; --bin) {
    above_[bin - first] = static_cast<double>(sum / total);
    sum += law.weights[bin - 1];
  }
  above_.front() = 1.0;
}

double mean_of(const std::vector<double>& sample) {
  long double sum = 0.0L;
  for (const double x : sample) sum += x;
  return static_cast<double>(sum / static_cast<long double>(sample.size()));
}

double silverman_bandwidth(const std::vector<double>& sample) {
  const double mean = mean_of(sample);
  const auto n = static_cast<double>(sample.size());
  double squares = 0.0;
  for (const double x : sample) squares += (x - mean) * (x - mean);
  return n < 2.0 ? 0.0 : 1.06 * std::sqrt(squares / (n - 1.0)) * std::pow(n, -0.2);
}

class KernelBody final : public LawBody {
 public:
  KernelBody(std::vector<double> sample, double bandwidth)
      : sample_(std::move(sample)), bandwidth_(bandwidth) {
    std::sort(sample_.begin(), sample_.end());
  }

  [[nodiscard]] double pdf(double x) const override {
    const auto [first, last] = near(x);
    double sum = 0.0;
    for (auto at = first; at != last; ++at) sum += normal_pdf((x - *at) / bandwidth_);
    return sum / count() / bandwidth_;
  }
  [[nodiscard]] double cdf(double x) const override {
    const auto [first, last] = near(x);
    double sum = 0.0;
    for (auto at = first; at != last; ++at) sum += normal_cdf((x - *at) / bandwidth_);
    return (sum + static_cast<double>(first - sample_.begin())) / count();
  }
  [[nodiscard]] double survival(double x) const override {
    const auto [first, last] = near(x);
    double sum = 0.0;
    for (auto at = first; at != last; ++at) sum += normal_cdf((*at - x) / bandwidth_);
    return (sum + static_cast<double>(sample_.end() - last)) / count();
  }
  [[nodiscard]] double quantile(double p) const override {
    const double z = bandwidth_ * normal_quantile(p);
    return inverted_cdf(*this, p, sample_.front() + z, sample_.back() + z);
  }
  [[nodiscard]] double upper_quantile(double q) const override {
    const double z = -bandwidth_ * normal_quantile(q);
    return inverted_survival(*this, q, sample_.front() + z, sample_.back() + z);
  }
  [[nodiscard]] Support support() const override { return {}; }
  [[nodiscard]] LawMoments moments() const override {
    const double square = bandwidth_ * bandwidth_;
    std::vector<Part> parts;
    for (const double x : sample_) {
      parts.push_back({.weight = 1.0 / count(),
                       .mean = x,
                       .second = square,
                       .third = 0.0,
                       .fourth = 3.0 * square * square});
    }
    return mixed_moments(parts);
  }
  /// One of the observed, and a normal number: by far cheaper than the quantile.
  [[nodiscard]] double sample(Random& random) const override {
    const auto share = open_uniform(random);
    const auto at = std::min(static_cast<std::size_t>(share * count()), sample_.size() - 1);
    return sample_[at] + bandwidth_ * normal_quantile(open_uniform(random));
  }
  [[nodiscard]] std::string text() const override {
    return fmt::format("{}({} numbers from {} to {}, bandwidth {:.6g})", KernelSmoothed::title,
                       sample_.size(), sample_.front(), sample_.back(), bandwidth_);
  }

 private:
  using Place = std::vector<double>::const_iterator;

  [[nodiscard]] double count() const { return static_cast<double>(sample_.size()); }
  /// Those whose kernel is neither 0 nor 1 at x: the normal law leaves doubles at 38.5 deviations.
  [[nodiscard]] std::pair<Place, Place> near(double x) const {
    const double reach = 39.0 * bandwidth_;
    const Place first = std::lower_bound(sample_.begin(), sample_.end(), x - reach);
    return {first, std::upper_bound(first, sample_.end(), x + reach)};
  }

  std::vector<double> sample_;  ///< ascending
  double bandwidth_;
};

}  // namespace

std::string Histogram::broken_rules() const {
  const std::string wrong = wrong_numbers("edges", edges);
  if (!wrong.empty()) return wrong;
  if (edges.size() < 2) return "\n  edges: there is 1; a bin needs 2";
  for (std::size_t i = 1; i < edges.size(); ++i) {
    if (!(edges[i - 1] < edges[i])) {
      return fmt::format("\n  edges[{}] = {} must be greater than edges[{}] = {}", i, edges[i], i - 1,
                         edges[i - 1]);
    }
  }
  return wrong_bounds(edges.front(), edges.back()) + wrong_weights(weights, edges.size() - 1, "bins");
}

std::shared_ptr<const LawBody> Histogram::body() const { return std::make_shared<HistogramBody>(*this); }

std::string KernelSmoothed::broken_rules() const {
  const std::string wrong = wrong_numbers("sample", sample);
  if (!wrong.empty() || bandwidth) return wrong;
  const double rule = silverman_bandwidth(sample);
  if (rule > 0.0 && std::isfinite(rule)) return "";
  return fmt::format("\n  bandwidth: Silverman's rule gives {} for {} number{}; it must be given", rule,
                     sample.size(), sample.size() == 1 ? "" : "s that are all the same");
}

std::shared_ptr<const LawBody> KernelSmoothed::body() const {
  return std::make_shared<KernelBody>(sample, bandwidth ? *bandwidth : silverman_bandwidth(sample));
}

}  // namespace mystic::laws
