#pragma once

#include "mystic/comm/session.hpp"
#include "mystic/core/map.hpp"
#include "mystic/maps/mpi_options.hpp"
#include "mystic/maps/serial.hpp"

#include <memory>
#include <optional>
#include <stop_token>

namespace mystic {

class Steering;
class Serving;

/// Thrown on a computing rank by serve() and share(): the steering rank has died, or has closed its
/// map without a result. Catch it where the session still lives, and leave.
class SteeringEnded : public Error {
 public:
  using Error::Error;
};

/// Computes on the other ranks of an MPI job: rank 0 steers, the rest serve. With one rank only, that
/// one computes itself.
///
/// Every rank makes the map, in the same order among maps; one at a time. For each begin() ... end()
/// of rank 0 every other rank calls serve() once, with an evaluator of the same model, and for each
/// share() of rank 0 share() once.
///
/// Faults, under `mpirun --enable-recovery` (without it mpirun ends the job at the first death):
/// - a rank that dies is noticed at once on the same machine, else after `liveness` seconds. What it
///   computed is dealt again; a task over which two workers have died fails (worker_lost), and so do
///   all when no worker is left;
/// - when rank 0 dies, the others leave with SteeringEnded;
/// - cancel() ends within about 0.3 s even if a model ignores its stop token: its task comes back
///   cancelled, and its late answer is thrown away.
class MpiMap final : public Map {
 public:
  /// @param session  outlives the map
  /// @param stop     of this rank (a SIGTERM sent to it): what it computes is given up, and comes back
  ///                 to rank 0 with FailureKind::cancelled
  explicit MpiMap(mpi::Session& session, MpiOptions options = {}, std::stop_token stop = {});
  ~MpiMap() override;
  MpiMap(const MpiMap&) = delete;
  MpiMap& operator=(const MpiMap&) = delete;

  [[nodiscard]] std::string name() const override { return "mpi:" + options_.deal; }
  /// Ranks that compute, less those that died.
  [[nodiscard]] Index workers() const override;
  [[nodiscard]] bool steers() const override { return serving_ == nullptr; }
  void serve(const Evaluator& evaluator) override;
  void share(std::vector<std::byte>& bytes) override;
  void begin(const Evaluator& evaluator) override;
  void submit(Task& task) override;
  Task* wait(std::chrono::milliseconds patience) override;
  void cancel() override;
  void end() override;
  [[nodiscard]] double busy_seconds() const override;

 private:
  Steering& steering();
  Serving& serving();

  MpiOptions options_;
  std::stop_token stop_;
  int ranks_ = 1;
  std::unique_ptr<Steering> steering_;  ///< on rank 0 of several
  std::unique_ptr<Serving> serving_;    ///< on the others
  SerialMap alone_;                     ///< for rank 0 of one
  using OnStop = std::function<void()>;
  std::optional<std::stop_callback<OnStop>> on_stop_;  ///< while a run of `alone_` is open
};

}  // namespace mystic
