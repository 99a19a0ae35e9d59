#include "recorded_run.hpp"

#include "mystic/core/require.hpp"

#include <algorithm>
#include <fstream>

// The folder tests/reference/data, as the build knows it.
#ifndef MYSTIC_TEST_DATA
#error "define MYSTIC_TEST_DATA as the path of tests/reference/data, in quotes"
#endif

namespace mystic::reference_test {
namespace {

std::vector<Vector> to_points(const nlohmann::json& rows) {
  std::vector<Vector> points;
  for (const auto& row : rows) points.push_back(to_vector(row));
  return points;
}

}  // namespace

nlohmann::json read_recorded(const std::string& file) {
  const std::string path = std::string(MYSTIC_TEST_DATA) + "/" + file;
  std::ifstream stream(path);
  require<Error>(stream.is_open(), "recorded run '{}': cannot be opened", path);
  return nlohmann::json::parse(stream);
}

RecordedRun read_run(const std::string& file) {
  const nlohmann::json json = read_recorded(file);
  RecordedRun run;
  run.start = to_vector(json.at("start"));
  if (json.contains("lower")) {
    run.lower = to_vector(json.at("lower"));
    run.upper = to_vector(json.at("upper"));
  }
  run.generations = json.at("generations").get<Index>();
  run.evaluations = json.at("evaluations").get<Index>();
  run.step_points = to_points(json.at("step_points"));
  run.step_costs = json.at("step_costs").get<std::vector<double>>();
  run.points = to_points(json.at("points"));
  run.costs = json.at("costs").get<std::vector<double>>();
  return run;
}

Vector to_vector(const nlohmann::json& numbers) {
  const auto values = numbers.get<std::vector<double>>();
  return Eigen::Map<const Vector>(values.data(), static_cast<Index>(values.size()));
}

double relative_difference(const VectorView& a, const VectorView& b) {
  const double scale = std::max({1.0, a.lpNorm<Eigen::Infinity>(), b.lpNorm<Eigen::Infinity>()});
  return (a - b).lpNorm<Eigen::Infinity>() / scale;
}

}  // namespace mystic::reference_test
