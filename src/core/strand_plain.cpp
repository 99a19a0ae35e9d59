// The short way of a strand, for models that cost next to nothing: what needs no decision is answered
// while the search runs on. tests/contracts/plain_path_test.cpp holds it equal to the general way.

#include "mystic/core/strand.hpp"

#include <algorithm>
#include <cstdint>

namespace mystic {
namespace {

PointsMap single(const double* x, Index dimension) {
  return {x, dimension, 1, Eigen::OuterStride<>(dimension)};
}

}  // namespace

// The search's own column where it lies as models are promised; nearly always, of a single point.
inline const double* Strand::aligned_column(const Channel& wants, Index column) {
  const double* const given = wants.points + column * wants.dimension;
  if (reinterpret_cast<std::uintptr_t>(given) % PaddedPoints::alignment == 0) return given;
  double* const x = points_.column(column);
  Eigen::Map<Vector, Eigen::AlignedMax>(x, wants.dimension) =
      Eigen::Map<const Vector>(given, wants.dimension);
  return x;
}

// note_best() where the last best that was noted is of no more consequence (see best_event()) and only
// its numbers change. False: not so.
inline bool Strand::renews_last_best(Piece& piece, const double* x, const Outcome& outcome) {
  if (!context_->alone || piece.next_event >= piece.event_count()) return false;
  Piece::Event& last = piece.last_event();
  if (last.failed || last.best.outputs.size() != 1) return false;
  last.at = piece.evaluations;
  std::copy_n(x, last.best.x.size(), last.best.x.data());
  last.best.cost = last.best.outputs[0] = standing_.cost = outcome.outputs[0];
  last.best.id.k = next_k_;
  last.best.round = steps_;
  return true;
}

// The shortest way: nothing is assessed that cannot matter. A plain problem's cost is the model's
// output, which is no NaN in an outcome that is ok.
inline void Strand::answer_one_plainly(Channel& wants) {
  const double* const x = aligned_column(wants, 0);
  const InPlace& here = *context_->in_place;
  Outcome& outcome = outcomes_.front();
  here.evaluator->run_one({{path_, next_k_}, single(x, wants.dimension), here.stop}, outcome);
  Piece& piece = open_piece();
  const bool usual = outcome.ok() && context_->problem->plain() && standing_.exists();
  if (usual && (outcome.outputs[0] >= standing_.cost || renews_last_best(piece, x, outcome))) {
    ++piece.evaluations;
    ++evaluations_;
    wants.costs = outcome.outputs.data();
  } else {
    ids_.front().k = next_k_;
    assess_column(piece, 0, x);
    wants.costs = costs_.data();
  }
  ++next_k_;
  --room_;
  --context_->allowance;
  ++context_->made;
}

// Takes steps and plain evaluations from the search while it runs, and lets it run on until something
// must be decided: a step that closes its piece, a failure.
bool Strand::attend(Channel& channel) {
  attended_ = true;
  if (channel.wants == Channel::Wants::step) {
    if (quiet_steps_ > 0 && open_ != nullptr) {
      --quiet_steps_;
      ++steps_;
      course_.add(channel.step.best_cost, channel.step.began_at);
      return true;
    }
    end_step();
    return open_ != nullptr;
  }
  if (channel.count <= room_ && channel.dimension == context_->problem->dimension() &&
      stays_inside(channel)) {
    if (channel.count == 1) {
      answer_one_plainly(channel);
    } else {
      answer_plainly(channel);
    }
    return failed_ == failed_before_;
  }
  attended_ = false;
  return false;
}

// Whether bounds, if there are any, leave the batch as it is.
inline bool Strand::stays_inside(const Channel& wants) {
  const Problem& problem = *context_->problem;
  if (!problem.restricts()) return true;
  for (Index column = 0; column < wants.count; ++column) {
    if (!problem.holds(wants.points + column * wants.dimension)) return false;
  }
  rejected_in_a_row_ = 0;
  return true;
}

// How many steps will pass that nobody looks at and that end nothing.
Index Strand::quiet_steps() const {
  if (!context_->steps_unseen || rules_.termination) return 0;
  const Index before_pause = context_->most_steps - 1 - steps_;
  return rules_.generations ? std::min(before_pause, *rules_.generations - steps_) : before_pause;
}

// The largest batch that can be evaluated here and now with nothing in between; -1: none, nor an empty
// one.
Index Strand::room_for_plain() const {
  if (context_->in_place == nullptr || !context_->in_place->plain) return -1;
  if (!rules_.evaluations) return context_->allowance;
  return std::min(context_->allowance, *rules_.evaluations - static_cast<Index>(next_k_));
}

// The short way for models that cost next to nothing: the same as prepare() and take_in() where there is
// room for the whole batch, and a contract test holds them equal.
void Strand::answer_plainly(Channel& wants) {
  if (points_.capacity() < wants.count) grow(wants.count);
  Piece& piece = open_piece();
  const InPlace& here = *context_->in_place;
  for (Index column = 0; column < wants.count; ++column) {
    const auto j = static_cast<std::size_t>(column);
    const double* const x = aligned_column(wants, column);
    ids_[j].k = next_k_++;
    here.evaluator->run_one({ids_[j], single(x, wants.dimension), here.stop}, outcomes_[j]);
    assess_column(piece, column, x);
    --room_;
    --context_->allowance;
    ++context_->made;
    // A failure may be one too many: then nobody asks for the rest.
    if (!outcomes_[j].ok() && context_->decide && context_->decide()) {
      state_ = State::waiting;
      return;
    }
  }
  wants.costs = costs_.data();
}

}  // namespace mystic
