#include "mystic/archive/journal.hpp"

#include "append_file.hpp"
#include "journal_format.hpp"
#include "journal_image.hpp"
#include "periodic_sync.hpp"

#include "mystic/archive/read_journal.hpp"
#include "mystic/core/bytes.hpp"

#include <boost/functional/hash.hpp>

#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <unordered_map>
#include <utility>
#include <vector>

namespace mystic {
namespace {

namespace format = journal_format;

struct IdHash {
  std::size_t operator()(const EvaluationId& id) const {
    std::size_t hash = id.path.depth();
    for (std::size_t level = 0; level < id.path.depth(); ++level) {
      boost::hash_combine(hash, id.path[level]);
    }
    boost::hash_combine(hash, id.k);
    return hash;
  }
};

/// Where the record of an evaluation begins in the file, and how it failed, if it did.
struct Place {
  std::uint64_t offset = 0;
  std::optional<FailureKind> failed = {};
};

using Places = std::unordered_map<EvaluationId, Place, IdHash>;

/// Takes out the failures of these kinds (none: of all). @return how many
std::uint64_t forget(Places& places, std::span<const FailureKind> kinds) {
  return std::erase_if(places, [kinds](const auto& entry) {
    const std::optional<FailureKind>& failed = entry.second.failed;
    return failed && (kinds.empty() || std::find(kinds.begin(), kinds.end(), *failed) != kinds.end());
  });
}

/// "coordinate 2 is 0.5 here and 0.25 in the journal"; empty when both are the same by bits.
std::string difference(const VectorView& here, const Vector& there) {
  if (here.size() != there.size()) {
    return fmt::format("x has {} coordinates here and {} in the journal", here.size(), there.size());
  }
  for (Index i = 0; i < here.size(); ++i) {
    const auto bits = std::bit_cast<std::uint64_t>(here[i]);
    const auto other = std::bit_cast<std::uint64_t>(there[i]);
    if (bits == other) continue;
    if (here[i] == there[i] || (here[i] != here[i] && there[i] != there[i])) {
      return fmt::format("coordinate {} is {} ({:#018x}) here and {} ({:#018x}) in the journal", i,
                         here[i], bits, there[i], other);
    }
    return fmt::format("coordinate {} is {} here and {} in the journal", i, here[i], there[i]);
  }
  return {};
}

/// What earlier sessions left, gathered record by record.
class Past final : public JournalVisitor {
 public:
  Past(const JournalImage& image, std::filesystem::path path) : image_(&image), path_(std::move(path)) {}

  void outcome(const JournalledOutcome& entry) override {
    if (session_ != stop_session_) stop_.reset();
    seconds_ = std::max(seconds_, entry.elapsed);
    Place place{.offset = entry.offset};
    if (!entry.outcome.ok()) place.failed = entry.outcome.failure->kind;
    const auto [first, is_new] = places_.try_emplace(entry.id, place);
    if (is_new) return;
    Vector x;
    image_->point_at(first->second.offset).get_doubles(x);
    const std::string differs = difference(entry.x, x);
    if (differs.empty()) return;
    if (rerun_) {
      first->second = place;
      return;
    }
    throw JournalError(fmt::format(
        "journal '{}': the records at byte {} (\"here\") and at byte {} are both of evaluation {}, "
        "but {}: two studies have written to this file",
        path_.string(), entry.offset, first->second.offset, to_string(entry.id), differs));
  }
  void stop(const RecordedStop& stop) override {
    stop_ = stop;
    stop_session_ = session_;
    seconds_ = std::max(seconds_, stop.seconds);
  }
  void session(const JournalledSession&) override { ++session_; }
  void rerun(const JournalledRerun& rerun) override {
    forget(places_, rerun.kinds);
    rerun_ = true;
    stop_.reset();
    seconds_ = 0.0;
  }

  [[nodiscard]] const std::optional<RecordedStop>& stop() const { return stop_; }
  [[nodiscard]] double seconds() const { return seconds_; }
  [[nodiscard]] bool rerun() const { return rerun_; }
  [[nodiscard]] Places take_places() { return std::move(places_); }

 private:
  const JournalImage* image_;
  std::filesystem::path path_;
  Places places_;
  bool rerun_ = false;
  std::optional<RecordedStop> stop_;
  double seconds_ = 0.0;
  std::uint64_t session_ = 0;
  std::uint64_t stop_session_ = 0;
};

JournalOptions checked(JournalOptions options) {
  validate(options);
  if (!options.sync) options.sync = [](int descriptor) { return ::fdatasync(descriptor); };
  return options;
}

}  // namespace

struct Journal::State {
  State(AppendFile opened, const JournalOptions& options)
      : file(std::move(opened)), clock(options.clock),
        syncing(options.sync_seconds, [sync = options.sync, descriptor = file.descriptor()] {
          return sync(descriptor) == 0 ? 0 : errno;
        }) {}

  /// Writes the record that stands in `buffer`.
  void append() {
    require_synced();
    file.append(buffer);
    syncing.written();
    require_synced();
  }
  void require_synced() const {
    if (const int code = syncing.failure(); code != 0) {
      throw_journal_error(file.path(),
                          "could not be brought to the disk: its last records may be lost "
                          "if the machine goes down",
                          code);
    }
  }

  AppendFile file;
  std::string identity;
  std::optional<JournalImage> image;  ///< none: nothing was known when the journal was opened
  Places places;
  bool rerun = false;  ///< an evaluation may be known with another x, which is then not known
  std::optional<RecordedStop> stop;
  double earlier_seconds = 0.0;
  std::uint64_t dropped_bytes = 0;
  std::uint64_t replayed = 0;
  std::function<double()> clock;
  std::vector<std::byte> buffer;  ///< one record; kept, so that nothing is allocated for the next
  Vector recalled_x;
  PeriodicSync syncing;  ///< last: its thread ends before the file is closed
};

Journal::Journal(std::unique_ptr<State> state) : state_(std::move(state)) {}
Journal::Journal(Journal&&) noexcept = default;
Journal& Journal::operator=(Journal&&) noexcept = default;
Journal::~Journal() = default;

Journal Journal::create(const std::filesystem::path& path, std::string_view identity,
                        const JournalOptions& options) {
  const JournalOptions complete = checked(options);
  std::vector<std::byte> start;
  format::put_header(start, identity);
  format::put_session_record(start, options.session_time, options.session_text);
  auto state = std::make_unique<State>(AppendFile::create(path, start, complete.sync), complete);
  state->identity = identity;
  return Journal(std::move(state));
}

Journal Journal::open(const std::filesystem::path& path, const JournalOptions& options) {
  auto state = std::make_unique<State>(AppendFile::open(path), checked(options));
  const JournalImage& image = state->image.emplace(state->file.descriptor(), path);
  Past past(image, path);
  JournalSummary found = image.visit(past);
  state->identity = std::move(found.identity);
  state->places = past.take_places();
  state->rerun = past.rerun();
  state->stop = past.stop();
  state->earlier_seconds = past.seconds();
  state->dropped_bytes = found.torn_bytes;
  state->file.truncate(found.good_bytes);
  if (state->places.empty()) state->image.reset();
  format::put_session_record(state->buffer, options.session_time, options.session_text);
  state->append();
  return Journal(std::move(state));
}

bool Journal::recall(const EvaluationId& id, const VectorView& x, Outcome& outcome) {
  if (state_->places.empty()) return false;
  const auto found = state_->places.find(id);
  if (found == state_->places.end()) return false;
  ByteReader reader = state_->image->point_at(found->second.offset);
  reader.get_doubles(state_->recalled_x);
  const std::string differs = difference(x, state_->recalled_x);
  if (!differs.empty()) {
    if (state_->rerun) return false;
    throw OtherPoint(fmt::format("journal '{}' is of another search, or of one that something led "
                                 "elsewhere: it holds evaluation {}, but {}",
                                 state_->file.path().string(), to_string(id), differs),
                     id, differs);
  }
  get_outcome(reader, outcome);
  ++state_->replayed;
  return true;
}

void Journal::record(const EvaluationId& id, const VectorView& x, const Outcome& outcome) {
  if (!outcome.ok() && outcome.failure->kind == FailureKind::cancelled) {
    throw InvalidArgument(fmt::format(
        "evaluation {} was cancelled, which is no outcome: it is not journalled", to_string(id)));
  }
  const double elapsed = state_->earlier_seconds + (state_->clock ? state_->clock() : 0.0);
  state_->buffer.clear();
  format::put_outcome_record(state_->buffer, id, elapsed, x, outcome);
  state_->append();
}

std::optional<RecordedStop> Journal::recall_stop() const { return state_->stop; }

void Journal::record_stop(const RecordedStop& stop) {
  state_->buffer.clear();
  format::put_stop_record(state_->buffer, stop);
  state_->append();
}

double Journal::earlier_seconds() const { return state_->earlier_seconds; }

std::uint64_t Journal::forget_failures(std::span<const FailureKind> kinds) {
  state_->buffer.clear();
  format::put_rerun_record(state_->buffer, kinds);
  state_->append();
  state_->rerun = true;
  state_->stop.reset();
  state_->earlier_seconds = 0.0;
  return forget(state_->places, kinds);
}

bool Journal::has_reruns() const { return state_->rerun; }

void Journal::sync() {
  state_->syncing.sync_now();
  state_->require_synced();
}

const std::string& Journal::identity() const { return state_->identity; }
std::uint64_t Journal::known() const { return state_->places.size(); }
std::uint64_t Journal::replayed() const { return state_->replayed; }
std::uint64_t Journal::dropped_bytes() const { return state_->dropped_bytes; }
bool Journal::locked() const { return state_->file.locked(); }

}  // namespace mystic
