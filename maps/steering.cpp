#include "steering.hpp"

#include "back_off.hpp"
#include "fail_task.hpp"

#include <algorithm>
#include <utility>

namespace mystic {
namespace {

using namespace std::chrono_literals;

constexpr auto look_every = 20ms;
// How long workers may take to give up before their answers are no longer waited for.
constexpr auto time_to_give_up = 250ms;

int rank_of(std::size_t worker) { return static_cast<int>(worker) + 1; }

std::chrono::milliseconds pulse_interval(double liveness) {
  return std::chrono::milliseconds(static_cast<std::int64_t>(liveness * 1000.0 / 5.0));
}

}  // namespace

Steering::Steering(mpi::Session& session, const MpiOptions& options, Deal deal)
    : session_(session), mailbox_(session),
      roster_(session.size(), options.liveness, options.watch_processes),
      dealer_(deal, static_cast<std::size_t>(session.size()) - 1, options.prefetch),
      looked_(Clock::now()), pulse_(pulse_interval(options.liveness), [this] { pulse(); }) {
  const Turn turn = session_.turn();
  bytes_.clear();
  ByteWriter writer(bytes_);
  put_introduction(writer, roster_.mine());
  for (std::size_t worker = 0; worker < static_cast<std::size_t>(session.size()) - 1; ++worker) {
    if (session_.lost(turn, rank_of(worker)) || session_.left(turn, rank_of(worker))) {
      dealer_.lose(worker);  // in the time of an earlier map
    } else {
      send(turn, worker, Said::hello);
    }
  }
}

Steering::~Steering() {
  if (!open_ && !result_expected_) return;
  try {
    const Turn turn = session_.turn();
    bytes_.clear();
    send_to_all(turn, Said::closed);
  } catch (const std::exception&) {  // they will miss our signs of life
  }
}

Index Steering::workers() const { return std::max<Index>(1, static_cast<Index>(dealer_.left())); }

// Sends what stands in bytes_.
void Steering::send(const Turn& turn, std::size_t worker, Said what) {
  mailbox_.send(turn, rank_of(worker), static_cast<std::uint8_t>(what), bytes_);
}

void Steering::send_to_all(const Turn& turn, Said what) {
  for (int rank = 1; rank < session_.size(); ++rank) {
    mailbox_.send(turn, rank, static_cast<std::uint8_t>(what), bytes_);
  }
}

void Steering::begin(const Evaluator& evaluator) {
  const Turn turn = session_.turn();
  timed_ = evaluator.timed();
  busy_seconds_ = 0.0;
  cancelled_ = false;
  open_ = true;
  ++run_;
  look_after_workers(turn, Clock::now());
}

void Steering::submit(Task& task) {
  ++under_way_;
  if (cancelled_) {
    cancel_task(task);
    returned_.push_back(&task);
    return;
  }
  dealer_.add(task);
  deal(session_.turn());
}

void Steering::deal(const Turn& turn) {
  while (const auto dealt = dealer_.deal()) {
    bytes_.clear();
    ByteWriter writer(bytes_);
    put_task(writer, dealt->serial, *dealt->task);
    send(turn, dealt->worker, Said::task);
  }
  if (dealer_.left() > 0) return;
  while (Task* const task = dealer_.drop()) {
    fail_task(*task, FailureKind::worker_lost, "no worker is left", 0);
    returned_.push_back(task);
  }
}

Task* Steering::wait(std::chrono::milliseconds patience) {
  if (under_way_ == 0) return nullptr;
  const auto deadline = Clock::now() + patience;
  BackOff back_off;
  for (;;) {
    poll(session_.turn());
    if (Task* const task = next_returned()) return task;
    if (Clock::now() >= deadline) return nullptr;
    back_off.pause();
  }
}

Task* Steering::next_returned() {
  if (returned_.empty()) return nullptr;
  Task* const task = returned_.front();
  returned_.pop_front();
  --under_way_;
  if (timed_) busy_seconds_ += seconds_of(*task);
  return task;
}

void Steering::poll(const Turn& turn) {
  // Not "until none is left": a look in vain is the dearest, since MPI then gives the core away.
  while (returned_.empty() && receive(turn)) {
  }
  const auto now = Clock::now();
  if (now - looked_ >= look_every) look_after_workers(turn, now);
  if (cancelled_ && now >= patience_ends_) forget_running();
}

// False when all that has come is taken in.
bool Steering::receive(const Turn& turn) {
  const auto letter = mailbox_.receive(turn);
  if (!letter) return false;
  read(turn, *letter);
  deal(turn);
  return true;
}

void Steering::read(const Turn& turn, const mpi::Letter& letter) {
  roster_.heard(letter.from);
  const auto worker = static_cast<std::size_t>(letter.from) - 1;
  if (letter.kind == mpi::Mailbox::farewell) return lose(worker, "it has left the job");
  ByteReader reader(letter.bytes);
  switch (static_cast<Said>(letter.kind)) {
    case Said::hello:
      roster_.introduce(letter.from, get_introduction(reader));
      session_.watch(turn, letter.from, roster_.ended(letter.from));
      dealer_.join(worker);
      break;
    case Said::answer:
      take_answer(worker, reader);
      break;
    case Said::closed:
      lose(worker, "it has left the run");
      break;
    default:  // a pulse: it lives
      break;
  }
}

void Steering::take_answer(std::size_t worker, ByteReader& reader) {
  Task* const task = dealer_.answered(worker, reader.get<std::uint64_t>());
  if (task == nullptr) return;  // nobody waits for it: cancelled, or dealt to another meanwhile
  try {
    get_answer(reader, *task);
  } catch (const BrokenBytes& error) {
    fail_task(*task, FailureKind::exception,
              fmt::format("the answer of rank {} is broken: {}", rank_of(worker), error.what()), 1);
  }
  const std::string& host = roster_.host_elsewhere(rank_of(worker));
  for (Outcome& outcome : task->outcomes) {
    if (outcome.host.empty()) outcome.host = host;
  }
  returned_.push_back(task);
}

void Steering::look_after_workers(const Turn& turn, Clock::time_point now) {
  const double seconds = std::chrono::duration<double>(now - looked_).count();
  looked_ = now;
  for (std::size_t worker = 0; rank_of(worker) < session_.size(); ++worker) {
    if (dealer_.lost(worker)) continue;
    const bool unreachable = session_.lost(turn, rank_of(worker));
    const auto why = unreachable ? std::optional<std::string>("MPI cannot reach it")
                                 : roster_.why_dead(rank_of(worker), seconds);
    if (!why) continue;
    while (receive(turn)) {  // what it said before it died still counts
    }
    session_.lose(turn, rank_of(worker));
    lose(worker, *why);
    deal(turn);
  }
}

void Steering::lose(std::size_t worker, const std::string& why) {
  if (Task* const failed = dealer_.lose(worker)) {
    fail_task(*failed, FailureKind::worker_lost,
              fmt::format("two workers died over it, the second was rank {}: {}", rank_of(worker), why),
              2);
    returned_.push_back(failed);
  }
  if (cancelled_) cancel_waiting();  // nothing is dealt again then
}

void Steering::cancel() {
  if (std::exchange(cancelled_, true)) return;
  patience_ends_ = Clock::now() + time_to_give_up;
  cancel_waiting();
  const Turn turn = session_.turn();
  bytes_.clear();
  ByteWriter(bytes_).put(run_);
  for (std::size_t worker = 0; rank_of(worker) < session_.size(); ++worker) {
    if (dealer_.busy(worker)) send(turn, worker, Said::stop);
  }
}

void Steering::cancel_waiting() {
  while (Task* const task = dealer_.drop()) {
    cancel_task(*task);
    returned_.push_back(task);
  }
}

// Models that ignore their stop token: their workers stay busy, we go on.
void Steering::forget_running() {
  for (Task* const task : dealer_.forget()) {
    cancel_task(*task);
    returned_.push_back(task);
  }
}

void Steering::end() {
  if (under_way_ > 0) cancel();
  while (under_way_ > 0) wait(time_to_give_up);
  const Turn turn = session_.turn();
  bytes_.clear();
  ByteWriter(bytes_).put(run_);
  send_to_all(turn, Said::end);
  open_ = false;
  result_expected_ = true;
}

void Steering::share(std::span<const std::byte> bytes) {
  const Turn turn = session_.turn();
  for (int rank = 1; rank < session_.size(); ++rank) {
    mailbox_.send(turn, rank, static_cast<std::uint8_t>(Said::share), bytes);
  }
  result_expected_ = false;
}

// On a thread of its own, so that the workers know we live however long the driver thinks.
void Steering::pulse() {
  try {
    const Turn turn = session_.turn();
    for (int rank = 1; rank < session_.size(); ++rank) {
      if (!roster_.watched(rank)) mailbox_.send(turn, rank, static_cast<std::uint8_t>(Said::pulse), {});
    }
  } catch (const std::exception&) {  // the driving thread meets the same error, and can report it
  }
}

}  // namespace mystic
