#include "mystic/maps/mpi.hpp"

#include "serving.hpp"
#include "steering.hpp"

#include <utility>

namespace mystic {

MpiMap::MpiMap(mpi::Session& session, MpiOptions options, std::stop_token stop)
    : options_(std::move(options)), stop_(std::move(stop)), ranks_(session.size()) {
  validate(options_);
  if (ranks_ == 1) return;
  if (session.root()) {
    const Deal deal = options_.deal == "equalportion" ? Deal::equalportion : Deal::carddealer;
    steering_ = std::make_unique<Steering>(session, options_, deal);
  } else {
    serving_ = std::make_unique<Serving>(session, options_, stop_);
  }
}

MpiMap::~MpiMap() = default;

Steering& MpiMap::steering() {
  require<Error>(steering_ != nullptr, "mpi map: only rank 0 steers; the others call serve()");
  return *steering_;
}

Serving& MpiMap::serving() {
  require<Error>(serving_ != nullptr, "mpi map: rank 0 steers, it does not serve");
  return *serving_;
}

Index MpiMap::workers() const {
  if (steering_ != nullptr) return steering_->workers();
  return std::max(1, ranks_ - 1);
}

void MpiMap::serve(const Evaluator& evaluator) { serving().serve(evaluator); }

void MpiMap::share(std::vector<std::byte>& bytes) {
  if (ranks_ == 1) return;
  if (serving_ != nullptr) {
    serving_->share(bytes);
  } else {
    steering_->share(bytes);
  }
}

void MpiMap::begin(const Evaluator& evaluator) {
  if (ranks_ > 1) {
    steering().begin(evaluator);
    return;
  }
  alone_.begin(evaluator);
  on_stop_.emplace(stop_, [this] { alone_.cancel(); });
}

void MpiMap::submit(Task& task) { ranks_ == 1 ? alone_.submit(task) : steering().submit(task); }

Task* MpiMap::wait(std::chrono::milliseconds patience) {
  return ranks_ == 1 ? alone_.wait(patience) : steering().wait(patience);
}

void MpiMap::cancel() { ranks_ == 1 ? alone_.cancel() : steering().cancel(); }

void MpiMap::end() {
  if (ranks_ > 1) {
    steering().end();
    return;
  }
  on_stop_.reset();
  alone_.end();
}

double MpiMap::busy_seconds() const {
  return steering_ != nullptr ? steering_->busy_seconds() : alone_.busy_seconds();
}

}  // namespace mystic
