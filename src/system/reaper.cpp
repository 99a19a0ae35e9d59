#include "reaper.hpp"

#include "job.hpp"
#include "wire.hpp"

#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <vector>

namespace mystic::supervision {
namespace {

/// As much as a pipe holds by default.
constexpr std::size_t block_size = 65536;

class Reaper {
 public:
  explicit Reaper(ReaperInputs inputs) : inputs_(std::move(inputs)), block_(block_size) {}

  /// Until there is no more to do, or something was left.
  ReaperEnd serve();

 private:
  Message next_message() const;
  ProcessResult run(const LaneMessage& message, const std::vector<FileDescriptor>& descriptors);

  const ReaperInputs inputs_;
  std::vector<char> block_;
  bool left_some_ = false;
};

/// @return an empty one when the supervisor or the caller has gone
Message Reaper::next_message() const {
  std::array<pollfd, 2> waited = {{{.fd = inputs_.lane.get(), .events = POLLIN, .revents = 0},
                                   {.fd = inputs_.life.get(), .events = POLLIN, .revents = 0}}};
  for (;;) {
    ::poll(waited.data(), waited.size(), -1);
    if (waited[1].revents != 0) return {};
    Message message = receive_message(inputs_.lane.get(), MSG_DONTWAIT);
    if (!message.text.empty() || message.error != EAGAIN) return message;
  }
}

ProcessResult Reaper::run(const LaneMessage& message, const std::vector<FileDescriptor>& descriptors) {
  try {
    const bool in_file = message.word == Word::job_in_file;
    if (in_file && descriptors.empty()) {  // the kernel drops what finds no free number
      return {.status = EMFILE, .text = "cannot start a command: " + error_text(EMFILE)};
    }
    const Command command =
        decode_command(in_file ? read_whole(descriptors.front().get()) : std::string(message.rest));
    Launched launched = launch(command);
    if (launched.leader < 0) return launched.failure;
    Job job(inputs_, command, launched, block_);
    ProcessResult result = job.finish(message.number);
    left_some_ = job.left_some();
    return result;
  } catch (const std::exception& failure) {
    left_some_ = !kill_all(inputs_.signals.get(), kill_limit, [](const Ended&) {});
    return {.end = ProcessResult::End::not_started, .status = ENOMEM, .text = failure.what()};
  }
}

ReaperEnd Reaper::serve() {
  while (!left_some_) {
    const Message message = next_message();
    if (message.text.empty()) return ReaperEnd::clean;
    const LaneMessage said = decode_lane_message(message.text);
    if (said.word != Word::job && said.word != Word::job_in_file) continue;  // a cancel came too late
    const std::string result = encode(run(said, message.descriptors));
    const Word word = left_some_ ? Word::last_result : Word::result;
    send_message(inputs_.lane.get(), encode({.word = word, .number = said.number, .rest = result}), {},
                 MSG_DONTWAIT);
    // Out of the command's directory, so that it can be unmounted; after the answer, which is waited
    // for.
    [[maybe_unused]] const int changed = ::chdir("/");
  }
  return ReaperEnd::left_some;
}

}  // namespace

void serve_lane(ReaperInputs inputs) {
  ::prctl(PR_SET_NAME, "reaper");
  ::prctl(PR_SET_CHILD_SUBREAPER, 1);
  int status = 70;  // EX_SOFTWARE; the supervisor sweeps and answers
  try {
    status = static_cast<int>(Reaper(std::move(inputs)).serve());
  } catch (...) {
  }
  ::_exit(status);
}

}  // namespace mystic::supervision
