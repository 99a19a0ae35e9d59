#include "study/methods/sampled.hpp"

#include "mystic/study/study.hpp"

#include <cmath>

namespace mystic::study {
namespace {

// Shares of boxes that have ends: others were refused when the study was read.
Points in_boxes(const Points& shares, const std::vector<Interval>& boxes) {
  Points points = shares;
  for (Index i = 0; i < points.rows(); ++i) {
    const auto& [lower, upper] = boxes[static_cast<std::size_t>(i)];
    points.row(i) = (lower + shares.row(i).array() * (upper - lower)).matrix();
  }
  return points;
}

}  // namespace

Points from_closed_unit(const Inputs& inputs, const Points& unit) {
  try {
    return inputs.from_unit(unit);
  } catch (const InvalidArgument& error) {
    throw BadInput(
        fmt::format("method: {}: this design has points at the ends of the laws; truncate the "
                    "law, leave dependence out, or choose a design (or a grid) without ends",
                    error.what()));
  }
}

std::string Sampling::text() const {
  if (!design_.counts) return design_.kind;
  return fmt::format("{} points of {}", total(), design_.kind);
}

DesignPoints Sampling::raw(Index dimension, std::uint64_t seed) const {
  return design_.points(dimension, samples_, seed);
}

DesignPoints Sampling::points(const Inputs& inputs, const std::vector<Interval>& boxes,
                              std::uint64_t seed) const {
  DesignPoints design = raw(inputs.dimension(), seed);
  if (design_.space == DesignSpace::unit) design.points = from_closed_unit(inputs, design.points);
  if (design_.space == DesignSpace::box) design.points = in_boxes(design.points, boxes);
  return design;
}

Json Sampling::identity() const {
  Json identity;
  identity["design"] = chosen_.is_string() ? Json{{"kind", chosen_}} : chosen_;
  for (const char* key : {"samples", "doublings", "evaluate"}) identity["design"].erase(key);
  if (design_.counts && design_.growth != DesignGrowth::any) identity["samples"] = samples_;
  return identity;
}

void Sampling::extend(Json& object, Index count) const {
  if (!design_.counts) {
    throw BadInput(
        fmt::format("extend: the options of '{}' say how many points there are", design_.kind));
  }
  if (count < total()) {
    throw BadInput(fmt::format("extend: --samples {}: there are {} already", count, total()));
  }
  switch (design_.growth) {
    case DesignGrowth::any:
      object["samples"] = count;
      return;
    case DesignGrowth::none:
      if (count == total()) return;
      throw BadInput(
          fmt::format("extend: points of '{}' all hang on how many there are: begin a new run, or "
                      "choose monte-carlo, "
                      "sobol, halton, lattice or latin-hypercube",
                      design_.kind));
    case DesignGrowth::doubling: {
      if (count == total()) return;
      Index doublings = design_.doublings;
      while ((samples_ << doublings) < count && doublings < 30) ++doublings;
      if ((samples_ << doublings) != count) {
        throw BadInput(fmt::format("extend: --samples {}: a Latin hypercube is doubled: {}, {} or {}",
                                   count, total() * 2, total() * 4, total() * 8));
      }
      Json& holder = object.contains("design") ? object["design"] : object;
      if (holder.is_string()) holder = {{"kind", holder}};
      holder["doublings"] = doublings;
    }
  }
}

namespace {

std::optional<Sampling> checked(std::optional<Design> design, Json chosen, std::optional<Index> samples,
                                const std::string& path, const Study& study, Problems& problems) {
  if (!design) return std::nullopt;
  const std::string place = joined_path(path, "samples");
  if (design->counts != samples.has_value()) {
    problems.add(place, design->counts
                            ? std::string("is missing: how many points?")
                            : fmt::format("'{}' says by itself how many points it has", design->kind));
    return std::nullopt;
  }
  if (design->doublings > 0 && static_cast<double>(*samples) * std::pow(2.0, design->doublings) > 1e8) {
    problems.add(
        place, fmt::format("{} doubled {} times is more than 1e8 points", *samples, design->doublings));
    return std::nullopt;
  }
  Index count = samples.value_or(0);
  if (!design->counts) {
    count = design->points(static_cast<Index>(study.variables.size()), 0, 0).points.cols();
  }
  return Sampling(std::move(*design), std::move(chosen), count);
}

}  // namespace

std::optional<Sampling> read_sampling(const Json& json, const std::string& path,
                                      const SampleCount& count, const Study& study, Problems& problems) {
  const auto found = json.find("design");
  const Json chosen = found == json.end() ? Json("monte-carlo") : *found;
  const std::string place = joined_path(path, "design");
  if (chosen.is_object() && chosen.contains("samples")) {
    problems.add(joined_path(place, "samples"), fmt::format("belongs to '{}' itself", path));
    return std::nullopt;
  }
  auto design = read_design(chosen, place, study, problems);
  if (design && !design->counts && design->kind != "file") {
    problems.add(place, fmt::format("'{}' is no sample of the inputs: its points say nothing on "
                                    "probabilities; {{\"design\": ...}} evaluates it",
                                    design->kind));
    return std::nullopt;
  }
  return checked(std::move(design), chosen, count.samples, path, study, problems);
}

std::optional<Sampling> read_planned_sampling(const Json& json, const std::string& path,
                                              const Study& study, Problems& problems) {
  SampleCount count;
  if (json.is_object()) fill_options(json, path, count, problems);
  return checked(read_design(json, path, study, problems), json, count.samples, path, study, problems);
}

}  // namespace mystic::study
