#include "mystic/study/study.hpp"

#include "mystic/plots/histogram_plot.hpp"
#include "mystic/uq/goodness_of_fit.hpp"
#include "mystic/uq/histogram.hpp"
#include "study/law_data.hpp"
#include "study/methods/tables.hpp"
#include "study/run_directory.hpp"

#include <algorithm>
#include <cmath>
#include <ostream>

namespace mystic {
namespace study {
namespace {

namespace fs = std::filesystem;

constexpr double level = 0.95;
constexpr Index curve_points = 400;
constexpr double most_atoms = 1000.0;

// Where the picture goes, looked at before anything is computed. Nothing is overwritten.
fs::path picture_file(const fs::path& out, const std::string& name) {
  fs::path file = out;
  if (out.extension() != ".svg") {
    std::error_code error;
    fs::create_directory(out, error);
    if (error || !fs::is_directory(out)) {
      throw BadInput(
          fmt::format("{}: cannot be made: {}; give another --out, a directory or a file .svg",
                      out.string(), error ? error.message() : "is no directory"));
    }
    file = out / fmt::format("fit-{}.svg", file_word(name));
  } else if (!out.parent_path().empty() && !fs::is_directory(out.parent_path())) {
    throw BadInput(fmt::format("{}: there is no directory '{}'; give another --out", out.string(),
                               out.parent_path().string()));
  }
  if (fs::exists(file)) {
    throw BadInput(
        fmt::format("{}: exists; `fit` overwrites nothing: give another --out", file.string()));
  }
  return file;
}

FitCriterion criterion_of(const std::string& name) {
  if (name == "aic") return FitCriterion::aic;
  if (name == "bic") return FitCriterion::bic;
  throw BadInput(fmt::format("--criterion: '{}' is neither aic nor bic", name));
}

LawRanking ranking_of(const FitRequest& request, const Vector& values) {
  const FitCriterion criterion = criterion_of(request.criterion);
  LawRanking ranking;
  try {
    ranking = rank_fits(values, request.families, criterion, {.level = level});
  } catch (const InvalidArgument& error) {
    throw BadInput(fmt::format("{}: {}", request.file.string(), error.what()));
  }
  if (!ranking.fits.empty()) return ranking;
  std::string reasons;
  for (const auto& refusal : ranking.refused) reasons += "\n  " + refusal.reason;
  throw BadInput(fmt::format("{}: no family fits:{}", request.file.string(), reasons));
}

// "weibull(shape 8.06432, scale 52.9083)".
std::string short_text(const LawFit& fit) {
  std::vector<std::string> parts;
  for (const FittedParameter& parameter : fit.parameters) {
    parts.push_back(parameter.name + " " + number_text(parameter.estimate.value));
  }
  return fmt::format("{}({})", fit.family, fmt::join(parts, ", "));
}

// Of a test the statistic and p; a dash where there is none: discrete laws, and A^2 of laws that end at
// the least or greatest value itself, where it is infinite whatever the data.
void add_test(std::vector<std::string>& cells, const LawTest& test) {
  const bool there = std::isfinite(test.statistic);
  cells.push_back(there ? fmt::format("{:.4f}", test.statistic) : "-");
  cells.push_back(there ? fmt::format("{:.3f}", test.p_value) : "-");
}

std::string families_text(const FitRequest& request, const LawRanking& ranking, const Vector& values) {
  const bool by_aic = request.criterion == "aic";
  TextTable table(
      {fmt::format("Families by {}", by_aic ? "AIC" : "BIC"), "BIC", "AIC", "KS", "p", "A2", "p of A2"});
  for (const LawFit& fit : ranking.fits) {
    std::vector<std::string> cells{fit.family, fmt::format("{:.2f}", fit.bic),
                                   fmt::format("{:.2f}", fit.aic)};
    GoodnessOfFit test;
    if (!fit.law.is_discrete()) {
      test = goodness_of_fit(fit.family, values, {.level = level}, {.replicates = request.replicates});
    }
    add_test(cells, test.kolmogorov_smirnov);
    add_test(cells, test.anderson_darling);
    table.row(std::move(cells));
  }
  return table.text();
}

std::string tests_text(const FitRequest& request, const LawRanking& ranking) {
  if (ranking.fits.front().law.is_discrete()) return "KS, A2: there are none of discrete laws.\n\n";
  return fmt::format(
      "KS, A2: distances of the data from the law (Kolmogorov-Smirnov, Anderson-Darling). p: the share "
      "of\n"
      "{} samples of the fitted law, each fitted anew, that are as far from theirs (parametric "
      "bootstrap,\n"
      "seed 0).\n\n",
      request.replicates);
}

std::string parameters_text(const LawRanking& ranking) {
  TextTable table({"Parameters", "", "value", fmt::format("{:g} % interval", 100.0 * level)});
  for (const LawFit& fit : ranking.fits) {
    std::string family = fit.family;
    for (const FittedParameter& parameter : fit.parameters) {
      const EstimateText text = estimate_text(parameter.estimate);
      table.row({family, parameter.name, text.value, text.interval.empty() ? "-" : text.interval});
      family.clear();
    }
  }
  return table.text();
}

std::string refused_text(const LawRanking& ranking) {
  if (ranking.refused.empty()) return {};
  std::string text = "\nRefused\n";
  for (const auto& refusal : ranking.refused) {
    text += fmt::format("  {:<16} {}\n", refusal.family, refusal.reason);
  }
  return text;
}

std::string data_text(const FitRequest& request, const Vector& values) {
  const double n = static_cast<double>(values.size());
  const double sd = std::sqrt((values.array() - values.mean()).square().sum() / (n - 1.0));
  return fmt::format("Data             {}{}: n = {}, from {} to {}, mean {}, sd {}\n\n",
                     request.file.string(), request.column ? ", " + *request.column : "", values.size(),
                     number_text(values.minCoeff()), number_text(values.maxCoeff()),
                     number_text(values.mean()), number_text(sd));
}

std::string law_text(const FitRequest& request, const LawFit& best) {
  Json law{{"kind", best.family}, {"fit", request.file.string()}};
  if (request.column) law["column"] = *request.column;
  return fmt::format("\nIn a study       \"law\": {}\n", law.dump());
}

// Bars around whole numbers for a discrete law, where they are not too many.
SampleHistogram bars_of(const SortedSample& sample, const Law& law) {
  const double least = std::floor(sample.values()[0]);
  const double most = std::ceil(sample.values()[sample.ok() - 1]);
  if (!law.is_discrete() || most - least > most_atoms) return histogram(sample);
  const auto bins = static_cast<Index>(most - least) + 1;
  return histogram(sample, VectorView(Vector::LinSpaced(bins + 1, least - 0.5, most + 0.5)));
}

// The density over the bars and a little beyond; masses at whole numbers of a discrete law. Next to a
// pole it would dwarf the bars: left out.
PlotCurve density_of(const Law& law, const SampleHistogram& bars) {
  const double least = bars.edges[0];
  const double most = bars.edges[bars.edges.size() - 1];
  Vector x =
      Vector::LinSpaced(curve_points, least - 0.05 * (most - least), most + 0.05 * (most - least));
  if (law.is_discrete()) {
    const auto count = static_cast<Index>(std::min(std::floor(most) - std::ceil(least), most_atoms)) + 1;
    x = Vector::LinSpaced(count, std::ceil(least), std::ceil(least) + static_cast<double>(count - 1));
  }
  const double highest = 4.0 * bars.densities.maxCoeff();
  Vector y(x.size());
  for (Index i = 0; i < x.size(); ++i) {
    const double density = law.pdf(x[i]);
    y[i] = density <= highest ? density : not_known;
  }
  return {.x = std::move(x), .y = std::move(y)};
}

std::string picture_of(const FitRequest& request, const std::string& name, const Vector& values,
                       const LawFit& best) {
  const SampleHistogram bars = bars_of(SortedSample(values), best.law);
  return to_svg(
      HistogramPlot{.title = fmt::format("{}: data and the fitted law", name),
                    .note = fmt::format("n = {}; density: {}, best by {}", values.size(),
                                        short_text(best), request.criterion == "aic" ? "AIC" : "BIC"),
                    .quantity = {.name = name},
                    .edges = bars.edges,
                    .densities = bars.densities,
                    .density = density_of(best.law, bars)});
}

}  // namespace
}  // namespace study

using namespace study;

void fit_data(const FitRequest& request, const StudyHost& host) {
  if (!host.speaks) return;  // of the ranks of an MPI job one is enough
  if (const std::string broken = broken_options(RefitOptions{.replicates = request.replicates});
      !broken.empty()) {
    throw BadInput("fit:" + broken);
  }
  const std::vector<double> numbers = read_numbers(request.file, request.column);
  const Vector values = Eigen::Map<const Vector>(numbers.data(), static_cast<Index>(numbers.size()));
  const LawRanking ranking = ranking_of(request, values);
  const std::string name = request.column.value_or(request.file.stem().string());
  std::optional<fs::path> file;
  if (request.out) file = picture_file(*request.out, name);
  if (host.out != nullptr) {
    *host.out << data_text(request, values) << families_text(request, ranking, values) << '\n'
              << tests_text(request, ranking) << parameters_text(ranking) << refused_text(ranking)
              << law_text(request, ranking.fits.front());
  }
  if (file) replace_file(*file, picture_of(request, name, values, ranking.fits.front()));
  if (file && host.out != nullptr) *host.out << fmt::format("Picture          {}\n", file->string());
  if (host.out != nullptr) *host.out << std::flush;
}

}  // namespace mystic
