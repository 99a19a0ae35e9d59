#include "study/session.hpp"

#include "mystic/archive/read_journal.hpp"
#include "mystic/system/clock.hpp"
#include "study/build.hpp"
#include "study/identity.hpp"
#include "study/inputs_of.hpp"
#include "study/methods/tables.hpp"
#include "study/methods/uncertainty_report.hpp"
#include "study/points_table.hpp"
#include "study/progress.hpp"
#include "study/report.hpp"
#include "study/steering.hpp"
#include "study/study_log.hpp"

#include <algorithm>
#include <ctime>
#include <ostream>

namespace mystic::study {
namespace {

// What the journal knows, by its points: for a study in which failures are made again, since the points
// that follow may then come under other names.
class CacheFromJournal final : public JournalVisitor {
 public:
  explicit CacheFromJournal(EvaluationCache& cache) : cache_(cache) {}
  void outcome(const JournalledOutcome& entry) override { cache_.add(entry.x, entry.outcome); }

 private:
  EvaluationCache& cache_;
};

bool has_cache(const Study& study) {
  const auto* external = std::get_if<ExternalModelOptions>(&study.model);
  return external != nullptr && external->cache && external->seed_input.empty() && !study.deals_whole;
}

class AnyOutcome final : public JournalVisitor {
 public:
  void outcome(const JournalledOutcome&) override { there_is_one_ = true; }
  [[nodiscard]] bool there_is_one() const { return there_is_one_; }

 private:
  bool there_is_one_ = false;
};

std::optional<StandingEstimate> standing_of(SampleCollector& collector) {
  const auto& standing = collector.standing();
  if (!standing) return std::nullopt;
  Json json = estimate_json(standing->estimate);
  json["of"] = standing->text();
  return StandingEstimate{standing->text(), to_text(standing->estimate), std::move(json)};
}

// A search refuses what it cannot begin with; then there is nothing to go on with.
void remove_if_nothing_was_made(const RunDirectory& directory) {
  AnyOutcome any;
  read_journal(directory.journal(), any);
  std::error_code ignored;
  if (!any.there_is_one()) std::filesystem::remove_all(directory.path, ignored);
}

}  // namespace

Session::Session(const Study& study, const StudyHost& host, RunDirectory directory, std::uint64_t seed,
                 std::string mpi_command)
    : study_(study), host_(host), directory_(std::move(directory)), seed_(seed),
      mpi_command_(std::move(mpi_command)), start_(steady_clock_seconds()) {}

ExitCode Session::run(Journal& journal, Map* map, const Points& planned) {
  StudyLog log(directory_.log(), journal);
  log.begin(study_, map != nullptr ? map->name() : "serial");
  const Problem problem = make_problem(study_, host_, seed_);
  std::optional<Index> most = study_.limits.evaluations;
  if (study_.uncertainty) most = std::min(planned.cols(), most.value_or(planned.cols()));
  ProgressDisplay display(host_.progress, host_.terminal, most, study_.limits.seconds,
                          directory_.progress());
  Activity last;
  Solver solver =
      study_.uncertainty ? make_points_solver(study_, seed_, planned) : make_solver(study_, seed_);
  EvaluationCache cache;
  if (has_cache(study_)) {
    // Otherwise what was taken in fills it again: not what a stopped run had not come to.
    if (journal.has_reruns() && !journal.recall_stop()) {
      CacheFromJournal known(cache);
      read_journal(directory_.journal(), known);
    }
    solver.cache(cache);
  }
  std::optional<ResultsTable> table;
  if (study_.evaluates_points) solver.on_evaluation(table.emplace(study_, directory_.table()));
  std::optional<SampleCollector> collector;
  if (study_.uncertainty) {
    solver.on_evaluation(collector.emplace(study_, *study_.uncertainty, planned, seed_));
    display.estimates([&collector] { return standing_of(*collector); });
  }
  solver.recorder(log).stop_token(host_.stop);
  solver.clock([this] { return steady_clock_seconds() - start_; });
  solver.watch([&](const Activity& activity) {
    last = activity;
    display.show(activity);
  });
  if (host_.bell != nullptr) {
    solver.on_interrupt(*host_.bell, [&](const Activity& activity) {
      display.leave_line();
      return host_.on_interrupt(activity);
    });
  }
  if (map != nullptr) solver.map(*map);
  Result result = solver.solve(problem);
  // The only monitor that ends a run is the collector: when the intervals are narrow.
  if (result.stop.kind == StopKind::monitor) result.stop.kind = StopKind::converged;
  last.best = &result.best;
  display.finish(last);
  journal.sync();
  log.end(result);
  if (collector) {
    write_uncertainty(*collector, result);
  } else {
    write_results(problem, result);
  }
  if (result.stop.kind == StopKind::interrupted) return ExitCode::interrupted;
  const bool all_failed = study_.evaluates_points && result.failed == result.evaluations;
  return result.stop.kind == StopKind::failures || all_failed ? ExitCode::failures : ExitCode::done;
}

void Session::write_results(const Problem& problem, const Result& result) const {
  replace_file(directory_.result(), result_json(study_, problem, result, seed_, host_name()));
  if (host_.out == nullptr) return;
  *host_.out << result_text(study_, problem, result, seed_) << what_next(result) << std::flush;
}

void Session::write_uncertainty(const SampleCollector& collector, const Result& result) const {
  const Answer answer = answer_of(study_, collector.sample(), collector.names(), seed_);
  write_pictures(directory_, answer);
  replace_file(directory_.result(), uncertainty_json(study_, answer, result, seed_, host_name()));
  if (host_.out == nullptr) return;
  *host_.out << uncertainty_text(study_, answer) << run_text(study_, result, seed_) << what_next(result)
             << std::flush;
}

std::string Session::what_next(const Result& result) const {
  const std::string directory = directory_.path.string();
  std::string text = fmt::format(
      "\nResults          {}: {}result.json, log.txt, progress.jsonl, the journal\n", directory,
      study_.uncertainty        ? "pictures/, results.csv, "
      : study_.evaluates_points ? "results.csv, "
                                : "");
  if (const std::string kept = kept_text(); !kept.empty()) text += kept;
  if (result.failed > 0) {
    text +=
        fmt::format("Failures         {0} failures {1}; to make them again: {0} rerun {1} --failed\n",
                    host_.program, directory);
  }
  const std::string resume = fmt::format("{} resume {}", host_.program, directory);
  switch (result.stop.kind) {
    case StopKind::interrupted:
      text += fmt::format("Go on            {}\n", resume);
      break;
    case StopKind::failures:
      text += fmt::format("Go on            all the same: raise policy.abort_above in {}, then {}\n",
                          directory_.study().string(), resume);
      break;
    default:
      if (study_.uncertainty && study_.uncertainty->grows()) {
        text += fmt::format("More samples     {} extend {} --samples N\n", host_.program, directory);
      }
      if (study_.evaluates_points) break;  // there is nothing to go on with
      text += fmt::format("Go on            loosen limits or terminations in {}, then {}\n",
                          directory_.study().string(), resume);
  }
  if (result.run.map.rfind("mpi", 0) != 0) {
    text += fmt::format("On MPI ranks     mpirun --oversubscribe{} -np {} {}\n",
                        host_.as_root ? " --allow-run-as-root" : "", host_.cores + 1, mpi_command_);
  }
  return text;
}

std::string Session::kept_text() const {
  const auto* external = std::get_if<ExternalModelOptions>(&study_.model);
  if (external == nullptr || external->work.keep == "never") return {};
  std::error_code error;
  const std::filesystem::path kept = kept_directory(study_);
  if (!std::filesystem::exists(kept, error)) return {};
  return fmt::format("Kept             work directories in {}\n", kept.string());
}

// A rank that only computes: the steering rank tells it when the run is over.
ExitCode compute(const Study& study, const StudyHost& host, std::uint64_t seed, Map& map) {
  const Problem problem = make_problem(study, host, seed);
  // The points come from the rank that steers; there must be one.
  const Points none = Points::Zero(static_cast<Index>(study.variables.size()), 1);
  Solver solver = study.uncertainty ? make_points_solver(study, seed, none) : make_solver(study, seed);
  solver.map(map).clock([] { return steady_clock_seconds(); });
  const Result result = solver.solve(problem);
  if (result.stop.kind == StopKind::interrupted) return ExitCode::interrupted;
  return result.stop.kind == StopKind::failures ? ExitCode::failures : ExitCode::done;
}

JournalOptions journal_options(const Study& study) {
  JournalOptions options;
  options.sync_seconds = study.sync_seconds;
  const double start = steady_clock_seconds();
  options.clock = [start] { return steady_clock_seconds() - start; };
  options.session_time = static_cast<double>(std::time(nullptr));
  options.session_text = session_text(study);
  return options;
}

std::unique_ptr<Map> make_map(const Study& study, const std::optional<std::string>& wish,
                              const StudyHost& host) {
  MapChoice choice = study.map;
  if (wish) {
    Problems problems;
    choice = parse_map(*wish, "--map", problems, study.map.mpi);
    if (!problems.empty()) throw BadInput(problems.lines().front());
  }
  if (choice.kind == MapKind::automatic) choice.kind = host.mpi ? MapKind::mpi : MapKind::threads;
  if (host.mpi && choice.kind != MapKind::mpi) {
    // Under mpirun the ranks are the workers; the study's own map is for a machine without.
    if (wish) {
      throw BadInput(
          fmt::format("--map {}: under mpirun the map is mpi; leave --map out, or mpirun", *wish));
    }
    choice.kind = MapKind::mpi;
  }
  if (choice.kind != MapKind::mpi) return make_local_map(choice, host.cores);
  if (!host.mpi) {
    throw BadInput("map: 'mpi' needs mpirun: mpirun -np 3 mystic run ... (or use threads)");
  }
  return host.mpi(choice.mpi);
}

Points planned_points(const Study& study, std::uint64_t seed) {
  return study.uncertainty ? study.uncertainty->points(inputs_of(study), seed) : Points();
}

ExitCode begin_session(const Study& study, const StudyHost& host, const RunRequest& request,
                       const std::string& mpi_command) {
  const std::uint64_t seed = request.seed.value_or(study.seed);
  const auto map = make_map(study, request.map, host);
  if (map != nullptr && !map->steers()) return compute(study, host, seed, *map);
  const Points planned = planned_points(study, seed);
  const RunDirectory directory = make_run_directory(
      request.out ? &*request.out : nullptr, study.name, host.supervisor,
      [&](const RunDirectory& draft) {
        replace_file(draft.study(), study.text);
        Journal::create(draft.journal(), identity_of(study, seed), journal_options(study));
      });
  Journal journal = Journal::open(directory.journal(), journal_options(study));
  if (host.out != nullptr) {
    *host.out << fmt::format("Study {} in {}: {}, seed {}\n", study.name, directory.path.string(),
                             study.method_text, seed)
              << std::flush;
  }
  try {
    return Session(study, host, directory, seed, mpi_command).run(journal, map.get(), planned);
  } catch (const InvalidArgument&) {
    remove_if_nothing_was_made(directory);
    throw;
  }
}

ExitCode continue_session(const std::filesystem::path& path, const std::optional<std::string>& map_wish,
                          const StudyHost& host, const std::optional<std::vector<FailureKind>>& forget) {
  const RunDirectory directory = find_run_directory(path);
  JournalVisitor nobody;
  const std::string identity = read_journal(directory.journal(), nobody).identity;
  Study study = read_study(directory.study(), directory_in(identity), host.environment);
  if (!study.json.contains("name")) study.name = name_in(identity);
  const std::uint64_t seed = seed_in(identity);
  const std::vector<std::string> changed = differences(identity, identity_of(study, seed));
  if (!changed.empty()) {
    throw BadInput(fmt::format(
        "{}: the journal belongs to another study; limits (of commands too), terminations, "
        "map, policies and deadlines may change{}, but:\n  {}",
        directory.journal().string(),
        study.deals_whole ? " (of searches dealt whole not the policy, nor rules of theirs)" : "",
        fmt::join(changed, "\n  ")));
  }
  const auto map = make_map(study, map_wish, host);
  if (map != nullptr && !map->steers()) return compute(study, host, seed, *map);
  const Points planned = planned_points(study, seed);
  Journal journal = Journal::open(directory.journal(), journal_options(study));
  if (forget) {
    const std::uint64_t forgotten = journal.forget_failures(*forget);
    if (host.out != nullptr)
      *host.out << fmt::format("{} failed evaluation{} made again\n", forgotten,
                               forgotten == 1 ? " is" : "s are");
  }
  if (host.out != nullptr) {
    *host.out << fmt::format("Study {} in {} goes on: {}, seed {}; {} outcomes in the journal\n",
                             study.name, path.string(), study.method_text, seed, journal.known())
              << std::flush;
  }
  const std::string again = fmt::format("{} resume {}", host.program, path.string());
  try {
    return Session(study, host, directory, seed, again).run(journal, map.get(), planned);
  } catch (const OtherPoint& error) {
    throw BadInput(what_led_elsewhere(error, study, directory.journal()));
  }
}

}  // namespace mystic::study
