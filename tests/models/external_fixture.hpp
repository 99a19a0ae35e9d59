#pragma once

#include "evaluate.hpp"

#include "mystic/models/external_model.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace mystic {

/// A study directory and a scratch directory for the models of one test, and a supervisor for all.
class ExternalModelTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { supervisor_.emplace(); }
  static void TearDownTestSuite() { supervisor_.reset(); }

  /// A model of x and y that writes them into in.txt and runs `script` in sh; its one output y is the
  /// number behind "y=" on stdout.
  static ExternalModelOptions shell(std::string script);

  [[nodiscard]] std::filesystem::path study() const { return base_.path() / "study"; }
  [[nodiscard]] std::filesystem::path scratch() const { return base_.path() / "scratch"; }
  [[nodiscard]] Surroundings surroundings() const {
    return {.directory = study(), .scratch = scratch(), .environment = {"PATH=/usr/bin:/bin"}};
  }
  void SetUp() override;

  /// Writes a file of the study.
  void write(const std::string& name, std::string_view text) const;

  [[nodiscard]] ExternalModel model(const ExternalModelOptions& options) const {
    return {options, surroundings(), *supervisor_};
  }

  /// What the model of these options gives at (x, y); checks that it leaves nothing behind.
  [[nodiscard]] Outcome outcome_of(const ExternalModelOptions& options, double x = 1.0,
                                   double y = 2.0) const;

  inline static std::optional<Supervisor> supervisor_;

 private:
  TemporaryDirectory base_{testing::TempDir(), "mystic-external-"};
};

/// How many files and directories are below `directory`.
std::size_t entries_below(const std::filesystem::path& directory);

}  // namespace mystic
