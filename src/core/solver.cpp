#include "mystic/core/solver.hpp"

#include "whole_search.hpp"

#include <algorithm>
#include <utility>

namespace mystic {
namespace {

// Opens a map for one run and closes it however the run ends.
class OpenMap {
 public:
  OpenMap(Map* map, const Evaluator& evaluator) : map_(map) {
    if (map_ != nullptr) map_->begin(evaluator);
  }
  OpenMap(const OpenMap&) = delete;
  OpenMap& operator=(const OpenMap&) = delete;
  ~OpenMap() {
    if (map_ != nullptr) map_->end();
  }

 private:
  Map* map_;
};

// Keeps what came back, by number.
class OutcomeCollector final : public Monitor {
 public:
  explicit OutcomeCollector(Index count) : outcomes_(static_cast<std::size_t>(count)) {
    for (Outcome& outcome : outcomes_)
      outcome.fail(FailureKind::cancelled, "not run: the whole stopped");
  }
  void evaluation(const EvaluationRecord& record) override {
    outcomes_[static_cast<std::size_t>(record.id.k)] = record.outcome;
  }
  [[nodiscard]] std::span<const Outcome> all() const { return outcomes_; }

 private:
  std::vector<Outcome> outcomes_;
};

}  // namespace

/// A run that step(), or ask() and tell(), carry on.
struct Solver::Run {
  Run(const Problem& problem, const Plan& plan, const FailurePolicy& policy, bool timed)
      : dimension(problem.dimension()), evaluator(problem.model(), policy, timed), drive(plan) {}

  Index dimension;
  Evaluator evaluator;
  Drive drive;
  std::optional<OpenMap> open;   // step()
  std::optional<Runner> runner;  // step(); after `open`, so that it is gone before the map closes
  bool begun = false;            // ask()
  std::vector<Task*> asked;      // ask()
};

Solver::Solver(Algorithm algorithm) : method_(std::move(algorithm)) {}
Solver::Solver(Ensemble ensemble) : method_(std::move(ensemble)) {}
Solver::~Solver() = default;
Solver::Solver(Solver&&) noexcept = default;
Solver& Solver::operator=(Solver&&) noexcept = default;

Solver& Solver::start(const VectorView& x) {
  start_ = x;
  initial_.reset();
  return *this;
}
Solver& Solver::start(std::initializer_list<double> x) {
  return start(Eigen::Map<const Vector>(x.begin(), static_cast<Index>(x.size())));
}
Solver& Solver::start(InitialPoints points) {
  initial_ = std::move(points);
  start_.resize(0);
  return *this;
}
Solver& Solver::bounds(const VectorView& lower, const VectorView& upper, BoundsMode mode) {
  lower_ = lower;
  upper_ = upper;
  bounds_mode_ = mode;
  return *this;
}
Solver& Solver::seed(std::uint64_t seed) {
  seed_ = seed;
  return *this;
}
Solver& Solver::terminate(Termination termination) {
  termination_ = std::move(termination);
  return *this;
}
Solver& Solver::limits(const Limits& limits) {
  limits_ = limits;
  return *this;
}
Solver& Solver::members(MemberRules rules) {
  members_ = std::move(rules);
  return *this;
}
Solver& Solver::deal_whole(bool whole) {
  require(!whole || std::holds_alternative<Ensemble>(method_),
          "deal_whole: only an ensemble has members");
  deals_whole_ = whole;
  return *this;
}
Solver& Solver::policy(const FailurePolicy& policy) {
  validate(policy);
  policy_ = policy;
  return *this;
}
Solver& Solver::map(Map& map) {
  map_ = &map;
  return *this;
}
Solver& Solver::recorder(Recorder& recorder) {
  recorder_ = &recorder;
  return *this;
}
Solver& Solver::cache(EvaluationCache& cache) {
  cache_ = &cache;
  return *this;
}
Solver& Solver::at_once(Index count) {
  require(count >= 1, "solver: at_once = {} must be at least 1", count);
  at_once_ = count;
  return *this;
}
Solver& Solver::on_step(Monitor& monitor) {
  step_monitors_.push_back(&monitor);
  return *this;
}
Solver& Solver::on_evaluation(Monitor& monitor) {
  evaluation_monitors_.push_back(&monitor);
  return *this;
}
Solver& Solver::stop_token(std::stop_token token) {
  stop_token_ = std::move(token);
  return *this;
}
Solver& Solver::on_interrupt(InterruptBell& bell,
                             std::function<InterruptAnswer(const Activity&)> answer) {
  require(static_cast<bool>(answer), "solver: on_interrupt needs a function that answers");
  bell_ = &bell;
  on_interrupt_ = std::move(answer);
  return *this;
}
Solver& Solver::clock(RunClock clock) {
  clock_ = std::move(clock);
  return *this;
}
Solver& Solver::watch(std::function<void(const Activity&)> watch) {
  watch_ = std::move(watch);
  return *this;
}

Plan Solver::plan(const Problem& problem, Index workers) const {
  const bool ensemble = std::holds_alternative<Ensemble>(method_);
  const bool stops = termination_ || limits_.generations || limits_.evaluations || limits_.seconds ||
                     stop_token_.stop_possible() ||
                     (ensemble && (members_.stop() || std::get<Ensemble>(method_).ends_by_itself));
  require(stops,
          "solver: nothing would ever stop it; give it a termination (terminate) or a limit (limits){}",
          ensemble ? ", or its members (members)" : "");
  require(!ensemble || !members_.termination || !members_.termination->needs().from_outside(),
          "members: a termination by time or interrupt is for the ensemble as a whole (terminate)");
  const auto positive = [](const auto& limit) { return !limit || *limit >= 1; };
  require(positive(limits_.evaluations) && positive(members_.evaluations),
          "solver: a limit of evaluations must be at least 1");
  require(!limits_.generations || *limits_.generations >= 0,
          "solver: a limit of generations must be at least 0");
  require(!limits_.seconds || *limits_.seconds > 0, "solver: a limit of {} s must be positive",
          limits_.seconds.value_or(0));
  return {.problem = &problem,
          .method = method_,
          .member_rules = {members_.termination, members_.generations, members_.evaluations},
          .rules = {termination_, limits_.generations, limits_.evaluations},
          .start = start_,
          .initial = initial_,
          .seed = seed_,
          .policy = policy_,
          .recorder = recorder_,
          .cache = cache_,
          .step_monitors = step_monitors_,
          .evaluation_monitors = evaluation_monitors_,
          .workers = workers};
}

RunControls Solver::controls() const {
  return {stop_token_, clock_, limits_.seconds, at_once_, watch_, bell_, on_interrupt_};
}

Problem Solver::callable_problem(std::shared_ptr<const Model> model) const {
  const Index points_dimension = initial_ ? initial_->dimension() : 0;
  const Index dimension = std::max({start_.size(), points_dimension, lower_.size()});
  require(dimension >= 1,
          "solver: give it a start or bounds, so that it knows how many variables there are");
  Problem problem(unnamed_variables(dimension), std::move(model));
  if (lower_.size() > 0) problem.bounds(lower_, upper_).bounds_mode(bounds_mode_);
  return problem;
}

Result Solver::solve(const Problem& problem) {
  run_.reset();
  if (deals_whole_) return solve_whole(problem);
  const Evaluator evaluator(problem.model(), policy_, static_cast<bool>(clock_));
  std::vector<std::byte> bytes;
  if (map_ != nullptr && !map_->steers()) {
    map_->serve(evaluator);
    map_->share(bytes);
    return result_from_bytes(bytes);
  }
  Result result;
  {
    const OpenMap open(map_, evaluator);
    Drive drive(plan(problem, map_ != nullptr ? map_->workers() : 1));
    Runner runner(drive, map_, evaluator, recorder_, controls());
    while (runner.run()) {
    }
    result = runner.result();
  }
  if (map_ != nullptr) {  // closed by now: ranks that computed wait for this
    bytes = to_bytes(result);
    map_->share(bytes);
  }
  return result;
}

// Every member's whole search is one task.
Result Solver::solve_whole(const Problem& problem) const {
  const auto& ensemble = std::get<Ensemble>(method_);
  const bool of_the_whole = termination_ || limits_.generations || limits_.evaluations;
  require(!of_the_whole,
          "solver: searches dealt whole have rules of their own (members); a termination "
          "or limit of the whole needs their points dealt one by one");
  require(step_monitors_.empty() && evaluation_monitors_.empty() && cache_ == nullptr,
          "solver: monitors and a cache see nothing of searches dealt whole");
  const Plan whole = plan(problem, 1);
  Start box = start_of(whole);
  const auto conductor = ensemble.conductor();
  Directions directions;
  conductor->begin(box, directions);
  require(!directions.add.empty(), "{}: no member has a start", ensemble.name);
  require(!conductor->listens(),
          "{}: its rules look at how its searches stand; that needs their points dealt one by one",
          ensemble.name);
  Points starts(problem.dimension(), static_cast<Index>(directions.add.size()));
  std::vector<Algorithm> algorithms;
  for (NewMember& member : directions.add) {
    require(member.x.size() > 0, "{}: a search dealt whole needs a start", ensemble.name);
    starts.col(static_cast<Index>(algorithms.size())) = member.x;
    algorithms.push_back(std::move(member.algorithm));
  }
  const auto model = std::make_shared<WholeSearchModel>(problem, std::move(algorithms),
                                                        whole.member_rules, policy_, seed_);
  Solver outer(one_batch(starts));
  OutcomeCollector outcomes(starts.cols());
  outer.seed(seed_).limits(limits_).stop_token(stop_token_).clock(clock_).watch(watch_);
  outer.on_evaluation(outcomes);
  if (map_ != nullptr) outer.map(*map_);
  if (recorder_ != nullptr) outer.recorder(*recorder_);
  if (at_once_) outer.at_once(*at_once_);
  if (bell_ != nullptr) outer.on_interrupt(*bell_, on_interrupt_);
  outer.limits_.evaluations = starts.cols();
  const Result all = outer.solve(Problem(unnamed_variables(starts.rows()), model));
  Result joined = model->join(outcomes.all(), all.stop);
  joined.run = all.run;
  if (all.stop.kind != StopKind::evaluations && all.stop.kind != StopKind::ended) joined.stop = all.stop;
  if (map_ == nullptr) return joined;
  std::vector<std::byte> bytes;  // ranks that computed have seen no outcomes
  if (map_->steers()) bytes = to_bytes(joined);
  map_->share(bytes);
  return result_from_bytes(bytes);
}

void Solver::begin(const Problem& problem) {
  require(!deals_whole_, "begin: searches dealt whole have no steps; call solve()");
  run_.reset();
  const Index workers = map_ != nullptr ? map_->workers() : 1;
  run_ = std::make_unique<Run>(problem, plan(problem, workers), policy_, static_cast<bool>(clock_));
}

bool Solver::step() {
  require(run_ != nullptr, "step: call begin() first");
  require(!run_->begun, "step: this run is carried on by ask() and tell()");
  if (!run_->runner) {
    run_->open.emplace(map_, run_->evaluator);
    run_->runner.emplace(run_->drive, map_, run_->evaluator, recorder_, controls());
  }
  return run_->runner->run(1);
}

Points Solver::ask() {
  require(run_ != nullptr, "ask: call begin() first");
  require(!run_->runner, "ask: this run is carried on by step()");
  require(run_->asked.empty(), "ask: {} points are still to be told", run_->asked.size());
  require(!run_->drive.needs().from_outside(),
          "ask: a termination by time or interrupt needs a run of its own: use solve() or step()");
  Drive& drive = run_->drive;
  if (!run_->begun) {
    run_->begun = true;
    drive.go_on();
  }
  while (!drive.over() && run_->asked.empty()) {
    while (Task* task = drive.next_task()) run_->asked.push_back(task);
    if (run_->asked.empty()) drive.stall();
  }
  Index count = 0;
  for (const Task* task : run_->asked) count += task->count();
  Points points(run_->dimension, count);
  Index column = 0;
  for (const Task* task : run_->asked) {
    points.middleCols(column, task->count()) = task->view();
    column += task->count();
  }
  return points;
}

void Solver::tell(const VectorView& costs) {
  require(run_ != nullptr && run_->begun, "tell: call ask() first");
  require(run_->evaluator.model().outputs().size() == 1,
          "tell: the model has {} outputs; costs alone are not enough, tell outcomes",
          run_->evaluator.model().outputs().size());
  std::vector<Outcome> outcomes(static_cast<std::size_t>(costs.size()));
  for (Index i = 0; i < costs.size(); ++i) {
    Outcome& outcome = outcomes[static_cast<std::size_t>(i)];
    outcome.outputs = Vector::Constant(1, costs[i]);
  }
  tell(std::span<const Outcome>(outcomes));
}

void Solver::tell(std::span<const Outcome> outcomes) {
  require(run_ != nullptr && run_->begun, "tell: call ask() first");
  std::size_t wanted = 0;
  for (const Task* task : run_->asked) wanted += task->outcomes.size();
  require(outcomes.size() == wanted, "tell: {} outcomes for {} points", outcomes.size(), wanted);
  const auto outputs = static_cast<Index>(run_->evaluator.model().outputs().size());
  for (const Outcome& outcome : outcomes) {
    require(!outcome.ok() || outcome.outputs.size() == outputs,
            "tell: {} outputs where the model has {}", outcome.outputs.size(), outputs);
  }
  const std::vector<Task*> asked = std::exchange(run_->asked, {});
  // A task is a place in its search's own storage, used again once the search goes on: so all
  // outcomes are put down first.
  std::vector<Task> done;
  std::size_t next = 0;
  for (const Task* task : asked) {
    for (Outcome& outcome : task->outcomes) {
      outcome = outcomes[next++];
      run_->evaluator.fail_if_not_a_number(outcome);
    }
    done.push_back(*task);
  }
  for (const Task& task : done) run_->drive.complete(task);
}

bool Solver::over() const { return run_ == nullptr || run_->drive.over(); }

Result Solver::result() const {
  require(run_ != nullptr, "result: there is no run");
  return run_->runner ? run_->runner->result() : run_->drive.result();
}

}  // namespace mystic
